// Places, people and words that several journeys share.

/** 二七广场, where the issue stands: GPS, WGS-84. */
export const SQUARE = { latitude: 34.7537, longitude: 113.6604, accuracy: 30 };
/** The cell it lies in. */
export const CELL = "34.75,113.66";
export const NEAR = `/?cell=${CELL}`;
/** Far from any station: 羌塘, in Tibet. */
export const EMPTY = "/?cell=33.50,87.20";

/** WeChat's own web view. */
export const WECHAT =
  "Mozilla/5.0 (Linux; Android 10; V1936A) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/86.0.4240.99 Mobile Safari/537.36 MicroMessenger/8.0.30.2260(0x28001E3B) NetType/4G Language/zh_CN";
export const IPHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 Mobile/15E148 Safari/604.1";

/** The page of a station found by its name. */
export async function pageOf(page, name) {
  await page.goto(`/place?q=${encodeURIComponent(name)}`);
  await page.locator(".rows a", { hasText: name }).first().click();
  await page.waitForURL(/\/stations\//);
}

/** The row's names, in the order a person sees. */
export const names = (page, list = "#yes") => page.locator(`${list} .row:visible h3 a`).allTextContents();

/** What the phone keeps about its owner. */
export async function kept(context) {
  return Object.fromEntries((await context.cookies()).map(({ name, value }) => [name, value]));
}

/** 12351 is dialled, not looked up: links that leave the browser. */
export const dials = (page, number) => page.locator(`a[href="tel:${number}"]`);
