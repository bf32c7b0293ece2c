import pg from 'pg';

/** What autovacuum would have done an hour after a bulk load: statistics for the planner, and pages known to be visible to all. */
export async function vacuum(url: string): Promise<void> {
  await query(url, 'vacuum (analyze)');
}

export async function versionOf(url: string): Promise<string> {
  const [row] = await query(url, "select current_setting('server_version') as version");
  return String(row?.['version']);
}

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}
