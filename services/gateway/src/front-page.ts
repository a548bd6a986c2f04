import type { RequestHandler } from 'express';

const PAGE = `<!doctype html>
<html lang="vi">
<meta charset="utf-8">
<title>GDTX</title>
<h1>Giáo dục thường xuyên: sự kiện, sổ, số liệu</h1>
<p>Cổng chung của nền tảng. Tài liệu: <a href="/docs/">/docs</a>, <a href="/openapi.json">/openapi.json</a>.</p>
<p lang="en">Facts, ledgers and figures of Viet Nam’s continuing-education network: its one public door.
The calls are described at <a href="/docs/">/docs</a>.</p>
</html>
`;

const ABOUT = {
  name: 'GDTX',
  description: 'Facts, ledgers and figures of Viet Nam’s continuing-education network',
  docs: '/docs',
  openapi: '/openapi.json',
};

/** What this is, and where its description is; for a browser the web application, where there is one. */
export function frontPage(pages: RequestHandler | undefined): RequestHandler {
  return (req, res, next) => {
    const json = () => res.json(ABOUT);
    // Who takes anything is no browser, and gets the first.
    res.format({ json, html: () => (pages ? pages(req, res, next) : res.send(PAGE)), default: json });
  };
}
