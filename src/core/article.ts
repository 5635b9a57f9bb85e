/** Everything here is plain JSON, so that it can be cached and stored as it is. */

/**
 * A paragraph, a whole list, code, or one row of a table or infobox: what a footnote points at. Plain text, white space folded; but code
 * keeps its lines and their indentation, and in a list or row its lines.
 */
export interface Passage {
  readonly kind: "paragraph" | "list" | "code" | "table" | "infobox";
  readonly text: string;
  /** What the text of a list or row is put together from. Only where Footnote shows the article itself. */
  readonly parts?: readonly PassagePart[];
}

/** An item of a list, or a cell of a row, an empty one too. */
export interface PassagePart {
  /** Of the cell's column; `""` for an item. */
  readonly name: string;
  readonly text: string;
}

export interface Section {
  /** Heading as shown; `""` for the lead. */
  readonly title: string;
  /** Fragment of the section in the article's page, undecorated and not percent-encoded; `""` for the lead. */
  readonly anchor: string;
  /** 1 for the lead, 2 for `== Heading ==`, and so on. */
  readonly level: number;
  readonly passages: readonly Passage[];
}

export interface License {
  readonly name: string;
  readonly url: string;
}

export interface Thumbnail {
  readonly url: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** One revision of one article. A disambiguation page is an article whose `choices` are the titles it offers. */
export interface Article {
  readonly kind: "article" | "disambiguation";
  readonly title: string;
  /** The title that was asked for, when the wiki redirected it here. */
  readonly redirectedFrom?: string;
  /** BCP 47. */
  readonly language: string;
  /** The page as it is now. */
  readonly url: string;
  /** The page at this revision. */
  readonly permalink: string;
  /** Opaque: MediaWiki's revision id, or the hash of a file. */
  readonly revision: string;
  /** When the revision was made, ISO 8601; absent when the wiki does not say. */
  readonly revisedAt?: string;
  readonly sections: readonly Section[];
  readonly choices: readonly string[];
  readonly thumbnail?: Thumbnail;
  readonly license?: License;
}

/** What a wiki says of a title that has no article. */
export interface NoArticle {
  readonly kind: "missing" | "invalid-title";
  readonly title: string;
}

/** A passage together with where it stands: what tools hand to the model, and what a footnote is checked against. */
export interface Source {
  /** Equal for equal (wiki, title, revision, section, passage), so that one passage found twice is one source. */
  readonly id: string;
  readonly title: string;
  /** `""` for the lead. */
  readonly section: string;
  readonly language: string;
  readonly revision: string;
  readonly revisedAt?: string;
  /** Permalink to section and revision, percent-encoded, parentheses too. */
  readonly url: string;
  readonly text: string;
  readonly license?: License;
  readonly thumbnail?: Thumbnail;
  /** When the text was fetched from the wiki, ISO 8601, if it was served stale during an outage of the wiki. */
  readonly staleSince?: string;
}

/** A footnote that has passed the gate. */
export interface Citation {
  /** As printed in the answer, from 1. */
  readonly n: number;
  readonly source: Source;
  /** Verbatim in `source.text`. */
  readonly quote: string;
}

/** The fragment's address of a section: a permalink with `#anchor`, encoded so that it survives Markdown. */
export function sectionUrl(permalink: string, anchor: string): string {
  return anchor === "" ? permalink : `${permalink}#${encodeForMarkdown(anchor)}`;
}

/** `encodeURIComponent`, and the characters that end a Markdown link or a quoted attribute too. */
export function encodeForMarkdown(part: string): string {
  return encodeURIComponent(part).replace(
    /[()'!*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The sources of an article's passages, in reading order. */
export function sourcesOf(article: Article, options: { readonly staleSince?: string } = {}): Source[] {
  return article.sections.flatMap((section, s) =>
    section.passages.map((passage, p) => ({
      id: `${article.permalink}|${s}|${p}`,
      title: article.title,
      section: section.title,
      language: article.language,
      revision: article.revision,
      revisedAt: article.revisedAt,
      url: sectionUrl(article.permalink, section.anchor),
      text: passage.text,
      license: article.license,
      thumbnail: article.thumbnail,
      staleSince: options.staleSince,
    })),
  );
}
