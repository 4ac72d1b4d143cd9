// A member of the trial, and what a camera sees of a code.
import { writeFileSync } from "node:fs";
import jsQR from "jsqr";
import qrcode from "qrcode-generator";
import { once, sessionOf } from "./once.js";
import { trialLink } from "./staff.js";

/** The browser becomes the 示范会员: the link is used once, and everybody shares its session. */
export async function asMember(page) {
  const session = await once("member", async () => {
    await page.goto(trialLink("示范会员"));
    await page.getByRole("button", { name: "进去看看" }).click();
    await page.waitForURL(/\/me$/);
    return sessionOf(page);
  });
  await page.context().addCookies(session);
}

/** The rows of a QR code as pages draw it: true is dark. */
export function drawn(html) {
  const size = Number(html.match(/viewBox="0 0 (\d+) /)[1]);
  const rows = Array.from({ length: size }, () => Array(size).fill(false));
  for (const [, x, y, length] of html.matchAll(/M(\d+) (\d+)h(\d+)v1/g)) rows[y].fill(true, Number(x), Number(x) + Number(length));
  return rows;
}

/** The rows of any text as a QR code. */
export function rowsOf(text) {
  const code = qrcode(0, "M");
  code.addData(text);
  code.make();
  const size = code.getModuleCount() + 8;
  const inside = (at) => at >= 4 && at < size - 4;
  return Array.from({ length: size }, (_, y) => Array.from({ length: size }, (_, x) => inside(x) && inside(y) && code.isDark(y - 4, x - 4)));
}

/** What a scanner reads in the rows of a code. */
export function scanned(rows) {
  const scale = 4, side = rows.length * scale;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      if (rows[Math.floor(y / scale)][Math.floor(x / scale)]) pixels.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3);
    }
  }
  return jsQR(pixels, side, side).data;
}

/** The address in the code of a piece of the member's pages: `/me/card/fresh` or `/me/card/kept`. */
export async function codeOf(page, path) {
  const reply = await page.request.get(path);
  return scanned(drawn(await reply.text()));
}

/** A camera's picture of a code, as Chromium reads it: YUV4MPEG2, 4:2:0. */
export function filmed(rows, file) {
  const width = 640, height = 480, scale = Math.floor((height - 40) / rows.length);
  const left = Math.floor((width - rows.length * scale) / 2), top = Math.floor((height - rows.length * scale) / 2);
  const light = Buffer.alloc(width * height, 200);
  rows.forEach((row, y) =>
    row.forEach((dark, x) => {
      for (let line = 0; line < scale; line++) {
        const at = (top + y * scale + line) * width + left + x * scale;
        light.fill(dark ? 20 : 230, at, at + scale);
      }
    }),
  );
  const frame = Buffer.concat([Buffer.from("FRAME\n"), light, Buffer.alloc((width * height) / 2, 128)]);
  const head = Buffer.from(`YUV4MPEG2 W${width} H${height} F15:1 Ip A1:1 C420jpeg\n`);
  writeFileSync(file, Buffer.concat([head, ...Array(15).fill(frame)]));
}
