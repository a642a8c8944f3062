// What is said of a frame that never asks for its page: it stays blank without a word of its own.

export const unreachable =
  "the browser never asked for its page: this VS Code does not forward ports of the machine that its extensions run on, or something between forbids it";
