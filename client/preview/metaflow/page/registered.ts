// A plugin that has registered, and how it stands in its slot: its container and its frame.

import { frameAddress, type Slot } from "./address.js";
import type { FrameView, ListEntry, PluginBox } from "./pageView.js";
import { isFields } from "./protocol.js";

export interface Registered {
  readonly entry: ListEntry;
  visible: boolean;
  isOpen: boolean;
}

export function registeredAs(entry: ListEntry): Registered {
  const { visible = true, containerProps } = entry.config;
  const isOpen = isFields(containerProps) && containerProps.initialState === true;
  return { entry, visible: Boolean(visible), isOpen };
}

/** Without the id, which says in which document it is. */
export function frameOf({ name, config, parameters }: ListEntry, service: string): Omit<FrameView, "id"> {
  const sandbox = isFields(parameters) && typeof parameters.sandbox === "string" ? parameters.sandbox : "";
  return { name: String(name), src: frameAddress(service, name, config), sandbox: `allow-scripts ${sandbox}` };
}

export function boxOf(
  { entry, visible, isOpen }: Registered,
  slot: Slot,
  frame: FrameView & { readonly height: number },
): PluginBox {
  const container = containerOf(entry);
  const { containerProps, height, name } = entry.config;
  const props = isFields(containerProps) ? containerProps : {};
  // Without the animation the content is put in when the header is opened, and taken out again.
  const isMounted = container !== "collapsable" || isOpen || props.animated !== false;
  return {
    slot,
    name: String(entry.name),
    title: String(name),
    entry,
    container,
    visible,
    isOpen: container !== "collapsable" || isOpen,
    hasIcon: container !== "collapsable" || props.showIcon !== "false",
    ...(container === "sticky" && typeof height === "number" && { stickyHeight: height }),
    ...(isMounted && { frame }),
  };
}

function containerOf({ config: { container } }: ListEntry): PluginBox["container"] {
  return container === "titled-container" || container === "none" || container === "sticky" ? container : "collapsable";
}
