/**
 * Makes an element. Strings become text nodes: nothing from the wiki or the model is ever read as HTML.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Readonly<Record<string, string | number | boolean | EventListener | undefined>>} [attributes] names beginning with "on" are listeners; `true` is an empty attribute, `false` and `undefined` none
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children);
  return made;
}

/**
 * An element of the page, by its id.
 * @template {Element} T
 * @param {string} id
 * @param {new () => T} kind
 * @returns {T}
 */
export function byId(id, kind) {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`no ${kind.name} #${id}`);
  return found;
}

/**
 * A link to another site, or plain text where the address is no web address.
 * @param {string} url
 * @param {...(Node | string)} children
 * @returns {HTMLElement}
 */
export function outsideLink(url, ...children) {
  return isWebAddress(url)
    ? element("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, ...children)
    : element("span", {}, ...children);
}

/** @param {string} url */
export function isWebAddress(url) {
  return /^https?:\/\//i.test(url) && URL.canParse(url);
}
