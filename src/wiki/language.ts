import { Failure } from "../core/failure.ts";

/**
 * The wiki's code for a language tag: `pt-BR` and `zh-Hant` are asked for at `pt` and `zh`, while `nds-nl` and `simple` are
 * wikis of their own. By convention regions and scripts are capitalised and Wikimedia's codes are not, which tells them apart.
 * The code becomes part of a host name: anything but letters, digits and hyphens is refused.
 * @throws {Failure} `invalid-input`
 */
export function wikiLanguage(tag: string): string {
  const [language = "", ...subtags] = tag.split("-");
  const code = [language.toLowerCase(), ...subtags.filter((subtag) => subtag === subtag.toLowerCase())].join("-");
  if (!/^[a-z]{2,12}(-[a-z0-9]{1,12}){0,3}$/.test(code)) throw new Failure("invalid-input", "not a language code");
  return code;
}
