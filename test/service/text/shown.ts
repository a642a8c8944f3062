// A tree as plain data, to compare two of them.

import type { Node, Tree } from "../../../server/service/text/node.js";

export function shown({ documents, problems }: Tree): unknown {
  return {
    documents: documents.map(({ start, end, root }) => [start, end, root && nodeShown(root)]),
    problems: problems.map(({ span, message }) => `${span[0]}-${span[1]} ${message}`).sort(),
  };
}

function nodeShown(node: Node): unknown {
  const head = `${node.kind} ${node.start}-${node.end}${node.tag ? ` ${node.tag}` : ""}${node.anchor ? ` &${node.anchor}` : ""}`;
  if (node.kind === "scalar") return `${head} ${node.style} ${node.text}`;
  if (node.kind === "alias") return `${head} *${node.name} ${node.target?.start}`;
  if (node.kind === "list") return [`${head} ${node.flow}`, ...node.items.map((item) => item && nodeShown(item))];
  const pairs = node.pairs.map(({ start, end, key, value }) => [
    start,
    end,
    key && nodeShown(key),
    value && nodeShown(value),
  ]);
  return [`${head} ${node.flow}`, ...pairs];
}
