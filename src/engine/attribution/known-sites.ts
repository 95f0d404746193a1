/** Which sites are search engines, social networks, video sites and shops: what a touch's source is matched against. */

export type SiteKind = 'search' | 'social' | 'video' | 'shopping' | 'assistant';

/** Names as they stand in `utm_source`, and as the registered part of an address: “google” is also google.co.uk. */
const names: Readonly<Record<SiteKind, string>> = {
  search: `google bing yahoo duckduckgo ddg yandex baidu ecosia qwant startpage naver daum seznam sogou 360 brave ask aol lycos msn
    kagi swisscows metager mojeek rambler onet virgilio exalead presearch dogpile excite webcrawler gibiru petalsearch coccoc search`,
  social: `facebook fb instagram ig threads meta linkedin twitter x xing pinterest reddit tiktok snapchat whatsapp telegram messenger
    quora tumblr vk vkontakte weibo wechat weixin discord mastodon bluesky bsky flipboard kakao kakaotalk line viadeo meetup nextdoor
    odnoklassniki ok truthsocial gettr clubhouse goodreads stackoverflow`,
  video: 'youtube yt vimeo dailymotion twitch netflix disneyplus hulu wistia vidyard rumble bilibili youku iqiyi crunchyroll odysee',
  shopping: `amazon ebay etsy walmart alibaba aliexpress shopify mercadolibre mercadolivre rakuten idealo kelkoo shopzilla bizrate
    pricegrabber pricerunner allegro flipkart temu shein wish stripe igshopping googleshopping bestbuy wayfair newegg`,
  assistant: 'chatgpt claude deepseek grok perplexity copilot gemini bard poe',
};

/** Addresses whose registered part doesn't tell. */
const addresses: Readonly<Record<SiteKind, string>> = {
  search: 'so.com search.brave.com news.google.com lens.google.com',
  social: 't.co lnkd.in fb.me m.me wa.me t.me pin.it news.ycombinator.com mastodon.social truthsocial.com ok.ru',
  video: 'youtu.be tv.youtube.com music.youtube.com',
  shopping: 'shop.app shopping.google.com shopping.yahoo.com shopping.yahoo.co.jp shopping.naver.com checkout.stripe.com apps.shopify.com',
  assistant:
    'chat.openai.com gemini.google.com bard.google.com copilot.microsoft.com copilot.cloud.microsoft chat.deepseek.com meta.ai chat.mistral.ai x.ai you.com pi.ai',
};

const byName = indexOf(names);
const byAddress = indexOf(addresses);

/** Labels in front of a site's own that say nothing about it: www.google.de, de.search.yahoo.com, l.facebook.com. */
const front = /^(?:(?:www\d?|m|l|lm|mobile|web|search|old|out|away|[a-z]{2})\.)+(?=[^.]+\.)/;
/** A name alone, or with a public ending: google, google.de, google.com.au. */
const site = /^([^.]+)(?:\.[a-z]{2,3}){0,2}$|^([^.]+)\.(?:[a-z]{2,})$/;

/** The kind of site a source names, or null. @param source lower case */
export function siteKind(source: string): SiteKind | null {
  const known = byAddress.get(source.replace(/^www\./, ''));
  if (known !== undefined) return known;
  const parts = site.exec(source.replace(front, ''));
  return byName.get((parts?.[1] ?? parts?.[2] ?? '').replaceAll(/[ _-]/g, '')) ?? null;
}

function indexOf(lists: Readonly<Record<SiteKind, string>>): ReadonlyMap<string, SiteKind> {
  return new Map(Object.entries(lists).flatMap(([kind, list]) => list.split(/\s+/).map((name) => [name, kind as SiteKind] as const)));
}
