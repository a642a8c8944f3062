// The name of the row that stands for the local host while it runs; such a row is in no settings file.

export const localHostName = "local host";
