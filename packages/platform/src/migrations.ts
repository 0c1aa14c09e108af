import { readdir, readFile } from 'node:fs/promises';

/** A step of a database's schema, kept in a file of its own. */
export interface Migration {
  /** From 1 on, without gaps. */
  version: number;
  /** The file's. */
  name: string;
  sql: string;
}

/** Reads a directory's `NNNN_name.sql` files, in order. Throws if a number is missing or there twice. */
export async function readMigrations(directory: URL): Promise<Migration[]> {
  const files = (await readdir(directory)).filter((file) => file.endsWith('.sql')).sort();
  const migrations = await Promise.all(
    files.map(async (file) => ({
      version: Number.parseInt(file, 10),
      name: file,
      sql: await readFile(new URL(file, directory), 'utf8'),
    })),
  );
  migrations.forEach(({ version, name }, index) => {
    if (version !== index + 1) throw new Error(`${name} should have the number ${index + 1}`);
  });
  return migrations;
}
