// What a server says of itself, in the words every host shares.
import { definedOf } from "../../values.js";
import type { HostDescription } from "../host.js";
import type { Health } from "./api.js";

export function describeHealth({ version, versionOnDisk, user }: Health): HostDescription {
  const due = version !== undefined && versionOnDisk !== undefined && version !== versionOnDisk;
  const title = version === undefined ? "SkyPilot, which tells its version after a sign-in" : `SkyPilot ${version}`;
  return {
    title: due ? `${title} (${versionOnDisk} is installed: a restart is due)` : title,
    ...definedOf({ version }),
    canEnable: false,
    ...(user === undefined ? {} : { principal: { name: user, permissions: [], namespaces: ["*"] } }),
  };
}
