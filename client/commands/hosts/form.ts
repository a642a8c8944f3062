// Inputs in a row, with a way back: each step is asked with what is known so far. Escape gives up, the arrow goes back.

import { type QuickInputButton, QuickInputButtons, type QuickPickItem, window } from "vscode";

export interface Step<Form> {
  /** Whether the question makes sense by what is known so far; without it, always. */
  applies?(form: Form): boolean;
  ask(form: Form, frame: Frame): Promise<Form | "back" | undefined>;
}

export interface Frame {
  readonly title: string;
  readonly step: number;
  readonly totalSteps: number;
}

/** The filled form, or undefined when the user gave up. */
export async function fill<Form>(title: string, start: Form, steps: readonly Step<Form>[]): Promise<Form | undefined> {
  const given: { readonly step: Step<Form>; readonly form: Form }[] = [];
  for (;;) {
    const form = given.at(-1)?.form ?? start;
    const asked = steps.filter((step) => step.applies?.(form) ?? true);
    const last = given.at(-1)?.step;
    const step = asked[last === undefined ? 0 : asked.indexOf(last) + 1];
    if (step === undefined) return form;
    const answer = await step.ask(form, { title, step: given.length + 1, totalSteps: asked.length });
    if (answer === undefined) return undefined;
    if (answer === "back") given.pop();
    else given.push({ step, form: answer });
  }
}

export interface TextQuestion {
  readonly prompt: string;
  readonly placeholder: string;
  readonly value: string;
  /** Shows dots instead of letters. */
  readonly isSecret?: boolean;
  /** What is wrong with it, else undefined. */
  check(text: string): string | undefined;
}

export function askText(frame: Frame, question: TextQuestion): Promise<string | "back" | undefined> {
  const box = window.createInputBox();
  Object.assign(box, frame, { prompt: question.prompt, placeholder: question.placeholder, value: question.value });
  box.ignoreFocusOut = true;
  box.password = question.isSecret === true;
  return answerOf(box, frame, (done) => {
    box.onDidChangeValue(() => {
      box.validationMessage = undefined;
    });
    box.onDidAccept(() => {
      const wrong = question.check(box.value.trim());
      if (wrong === undefined) done(box.value.trim());
      else box.validationMessage = wrong;
    });
  });
}

export interface NeededText {
  readonly prompt: string;
  readonly placeholder: string;
  /** What is said of an empty one. */
  readonly lacking: string;
}

/** A text that has to be there, for the form's field of this name. */
export async function askNeeded<Key extends string, Form extends { readonly [key in Key]?: string }>(
  form: Form,
  key: Key,
  frame: Frame,
  { prompt, placeholder, lacking }: NeededText,
): Promise<Form | "back" | undefined> {
  const check = (typed: string) => (typed === "" ? lacking : undefined);
  const text = await askText(frame, { prompt, placeholder, value: form[key] ?? "", check });
  return text === undefined || text === "back" ? text : { ...form, [key]: text };
}

export function askChoice<Item extends QuickPickItem>(
  frame: Frame,
  question: { readonly placeholder: string; readonly items: readonly Item[]; readonly active?: Item | undefined },
): Promise<Item | "back" | undefined> {
  const box = window.createQuickPick<Item>();
  Object.assign(box, frame, { placeholder: question.placeholder });
  box.items = question.items;
  box.ignoreFocusOut = true;
  if (question.active !== undefined) box.activeItems = [question.active];
  return answerOf(box, frame, (done) => {
    box.onDidAccept(() => {
      const [item] = box.selectedItems;
      if (item !== undefined) done(item);
    });
  });
}

interface Box {
  buttons: readonly QuickInputButton[];
  onDidTriggerButton(listener: (button: QuickInputButton) => void): unknown;
  onDidHide(listener: () => void): unknown;
  show(): void;
  dispose(): void;
}

async function answerOf<T>(
  box: Box,
  frame: Frame,
  wire: (done: (value: T) => void) => void,
): Promise<T | "back" | undefined> {
  try {
    return await new Promise<T | "back" | undefined>((resolve) => {
      if (frame.step > 1) box.buttons = [QuickInputButtons.Back];
      box.onDidTriggerButton(() => resolve("back"));
      box.onDidHide(() => resolve(undefined));
      wire(resolve);
      box.show();
    });
  } finally {
    box.dispose();
  }
}
