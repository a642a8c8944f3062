// Stands in for VS Code's native module @vscode/spdlog: the same interface, without rotation by size.
const fs = require("node:fs");
const path = require("node:path");

const names = ["trace", "debug", "info", "warning", "error", "critical"];

class Logger {
  constructor(_type, name, file) {
    this.name = name;
    this.level = 2;
    this.plain = false;
    fs.mkdirSync(path.dirname(file), { recursive: true });
    this.descriptor = fs.openSync(file, "a");
  }
  #write(level, message) {
    if (level < this.level || this.descriptor === undefined) return;
    const stamp = new Date().toISOString().slice(0, 23).replace("T", " ");
    const text = this.plain ? message : `${stamp} [${names[level]}] ${message}\n`;
    try {
      fs.writeSync(this.descriptor, text);
    } catch {
      // The folder goes while VS Code is ending; nobody will read this line.
    }
  }
  trace(message) {
    this.#write(0, message);
  }
  debug(message) {
    this.#write(1, message);
  }
  info(message) {
    this.#write(2, message);
  }
  warn(message) {
    this.#write(3, message);
  }
  error(message) {
    this.#write(4, message);
  }
  critical(message) {
    this.#write(5, message);
  }
  getLevel() {
    return this.level;
  }
  setLevel(level) {
    this.level = level;
  }
  setPattern() {
    this.plain = false;
  }
  clearFormatters() {
    this.plain = true;
  }
  flush() {}
  drop() {
    if (this.descriptor === undefined) return;
    fs.closeSync(this.descriptor);
    this.descriptor = undefined;
  }
}

const create = async (name, file) => new Logger("", name, file);

// One statement per name: VS Code imports this as an ES module, and Node finds the names of a CommonJS file lexically.
exports.version = 0;
exports.Logger = Logger;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
