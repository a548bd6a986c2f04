/** The last words of a start: where the platform is and what to try. Each command works when it is pasted into a shell in the clone. */
export function whereToGo({
  gatewayUrl,
  seconds,
  home,
  env,
}: {
  gatewayUrl: string;
  seconds: number;
  home: string;
  env: Record<string, string | undefined>;
}): string {
  // A command typed in another terminal must find the same run.
  const same = env.GDTX_HOME ? `GDTX_HOME=${shellWord(env.GDTX_HOME)} ` : '';
  const token = (wish: string) => `$(${same}npx gdtx token ${wish})`;
  const bearer = `-H "authorization: Bearer ${token('--role inspector')}"`;
  return `
The platform is ready at ${gatewayUrl} after ${seconds.toFixed(1)} s.

  In a browser, one click to sign in as any role:
    ${gatewayUrl}/

In another terminal, in this folder, try:

  The general vocational pupils of the centre in Sơn La:
    curl -s ${bearer} '${gatewayUrl}/v1/figures?indicator=general-vocational-pupils&unit=gdtx-son-la'

  The ledger entries that this figure is made of:
    curl -s ${bearer} '${gatewayUrl}/v1/figures/sources?indicator=general-vocational-pupils&unit=gdtx-son-la'

  Every call and every fact there is:
    ${gatewayUrl}/docs

Ctrl-C stops everything in order; the data stays in ${home}, and the next npm start finds it. npm run reset clears it.
`;
}

/** Quoted for a POSIX shell where it has to be. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
