// The names of the rows that stand for the local host while it runs, one for each system that it speaks for; such rows are in no
// settings file.

export const localHostName = "local host";
export const localMetaflowName = "local Metaflow UI";

export const isLocalHost = (name: string): boolean => name === localHostName || name === localMetaflowName;
