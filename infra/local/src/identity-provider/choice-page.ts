import { createHash } from 'node:crypto';
import { DEMO_PEOPLE } from './people.js';

const STYLE = `
:root { color-scheme: light dark; --ink: #14213a; --soft: #51607a; --line: #d9e0ea; --ground: #f5f7fa; --card: #fff; --accent: #0b5fa5; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8edf5; --soft: #a7b3c6; --line: #2f3a4d; --ground: #10161f; --card: #182130; --accent: #7cbcf5; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 24px 16px; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { width: 100%; max-width: 520px; }
h1 { font-size: 22px; line-height: 1.3; margin: 0 0 4px; }
p { margin: 0 0 20px; color: var(--soft); font-size: 14px; }
form { margin: 0 0 8px; }
button { width: 100%; display: block; text-align: left; padding: 12px 16px; font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 8px; cursor: pointer; }
button:hover { border-color: var(--accent); }
button:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
strong { display: block; font-weight: 600; }
small { color: var(--soft); font-size: 13px; }
`;

/** The style alone is let in, by its hash; the form may lead back to the gateway. */
export const PAGE_HEADERS = (gatewayUrl: string): Record<string, string> => ({
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'content-security-policy': [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
    `form-action 'self' ${gatewayUrl}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
});

/** One click for each demo person. */
export function choicePage(attempt: string, gatewayUrl: string): string {
  const people = DEMO_PEOPLE.map(
    ({ id, name, of }) =>
      `<form method="post" action="/choose/${attempt}/${id}"><button id="${id}"><strong>${name.vi}</strong>` +
      `<small>${of.vi} · <span lang="en">${name.en}${of.en === of.vi ? '' : `, ${of.en}`}</span></small></button></form>`,
  );
  return `<!doctype html>
<html lang="vi">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Đăng nhập thử · GDTX</title><style>${STYLE}</style></head>
<body><main>
<h1>Đăng nhập thử</h1>
<p>Máy chủ đăng nhập của bản chạy thử trên máy này: mỗi vai trò một tài khoản, không cần mật khẩu.
<span lang="en">The local run’s own sign-in: one account for each role, without a password.</span></p>
${people.join('\n')}
<p><a href="${gatewayUrl}/">Quay lại · <span lang="en">Back</span></a></p>
</main></body>
</html>
`;
}
