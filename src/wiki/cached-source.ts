import type { Article, NoArticle } from "../core/article.ts";
import type { Cache } from "../core/cache.ts";
import { toFailure } from "../core/failure.ts";
import type { LookupOptions, WikiSource } from "../core/wiki.ts";
import { ARTICLE_FORMAT } from "./article-sections.ts";
import { normalizeTitle } from "./title.ts";

/** Seconds for which a wiki's word that it has no such article is believed: somebody may be writing it. */
const NO_ARTICLE_SECONDS = 60;
/** Seconds a revision is kept: it never changes, and footnotes lead to it. */
const REVISION_SECONDS = 7 * 86_400;

/**
 * The same source, asked only for what the cache does not hold. An article is kept under the title asked for, under its own title and
 * under its revision, so that what a footnote cites can be shown when the article has changed since. The wiki's id is part of every
 * key, so that two wikis may share a Redis. When a revision was made is kept as long as the revision.
 */
export function cachedSource(source: WikiSource, cache: Cache): WikiSource {
  const editionOf = latestEdition(source);
  const scope = async (options: LookupOptions): Promise<object> => ({
    wiki: source.id,
    language: options.language,
    edition: await editionOf(options.signal),
  });
  /**
   * A wiki may be another one in each language. The asker's own signal ends the asker's wait; the load is ended by the cache, when
   * nobody waits any more.
   */
  const loading = ({
    language = "",
    signal,
  }: LookupOptions): { readonly origin: string; readonly signal?: AbortSignal } => ({
    origin: `${source.id} ${language}`,
    ...(signal !== undefined && { signal }),
  });
  /** A revision is the same in every edition. */
  const revisionKey = (title: string, revision: string, { language }: LookupOptions): object => ({
    wiki: source.id,
    language,
    title,
    revision,
    format: ARTICLE_FORMAT,
  });

  async function current(title: string, options: LookupOptions): ReturnType<WikiSource["article"]> {
    const key = { ...(await scope(options)), format: ARTICLE_FORMAT };
    return cache.getOrLoad<Article | NoArticle>(
      "article",
      { ...key, title },
      async (signal) => {
        const { value } = await source.article(title, { ...options, signal });
        if (isArticle(value)) {
          const ownTitle = normalizeTitle(value.title);
          if (ownTitle !== title) await cache.put("article", { ...key, title: ownTitle }, withoutRedirect(value));
          await keepRevision(value, ownTitle, options);
        }
        return value;
      },
      { ...loading(options), ttlSeconds: (value) => (isArticle(value) ? undefined : NO_ARTICLE_SECONDS) },
    );
  }

  function keepRevision(article: Article, title: string, options: LookupOptions): Promise<void> {
    const key = revisionKey(title, article.revision, options);
    return cache.put("revision", key, withoutRedirect(article), { ttlSeconds: REVISION_SECONDS, isSeldomAsked: true });
  }

  async function atRevision(
    title: string,
    revision: string,
    options: LookupOptions,
  ): ReturnType<WikiSource["article"]> {
    return cache.getOrLoad<Article | NoArticle>(
      "revision",
      revisionKey(title, revision, options),
      async (signal) => (await source.article(title, { ...options, revision, signal })).value,
      { ...loading(options), ttlSeconds: (value) => (isArticle(value) ? REVISION_SECONDS : NO_ARTICLE_SECONDS) },
    );
  }

  /** Each is kept by itself. While one is not, all are asked for: that is one request as well. */
  async function revisedAt(
    revisions: readonly string[],
    options: LookupOptions = {},
  ): Promise<ReadonlyMap<string, string>> {
    const { language } = options;
    let asked: ReturnType<NonNullable<WikiSource["revisedAt"]>> | undefined;
    const dates = revisions.map(async (revision) => {
      const { value } = await cache.getOrLoad<string | null>(
        "revised",
        { wiki: source.id, language, revision },
        async (signal) => {
          asked ??= source.revisedAt?.(revisions, { language, signal });
          return (await asked)?.get(revision) ?? null;
        },
        { ...loading(options), ttlSeconds: (date) => (date === null ? NO_ARTICLE_SECONDS : REVISION_SECONDS) },
      );
      return value === null ? [] : [[revision, value] as const];
    });
    return new Map((await Promise.all(dates)).flat());
  }

  return {
    id: source.id,
    name: source.name,
    article(title, { revision, ...options } = {}) {
      const normal = normalizeTitle(title);
      return revision === undefined ? current(normal, options) : atRevision(normal, revision, options);
    },
    async search(query, options = {}) {
      const { limit = 10 } = options;
      return cache.getOrLoad(
        "search",
        { ...(await scope(options)), query: query.trim(), limit },
        async (signal) => (await source.search(query, { ...options, limit, signal })).value,
        loading(options),
      );
    },
    async suggest(prefix, options = {}) {
      const { limit = 10 } = options;
      return cache.getOrLoad(
        "suggest",
        { ...(await scope(options)), prefix: prefix.trim(), limit },
        async (signal) => (await source.suggest(prefix, { ...options, limit, signal })).value,
        loading(options),
      );
    },
    ...(source.revisedAt !== undefined && { revisedAt }),
    health: () => source.health(),
    close: () => source.close(),
  };
}

/** While the wiki is away its edition is the latest that is known: what was cached under that can be served stale. */
function latestEdition(source: WikiSource): (signal?: AbortSignal) => Promise<string | undefined> {
  let latest: string | undefined;
  return async (signal) => {
    try {
      latest = await source.edition?.(signal);
    } catch (error) {
      if (latest === undefined || toFailure(error).kind !== "wiki-unavailable") throw error;
    }
    return latest;
  };
}

function isArticle(value: Article | NoArticle): value is Article {
  return value.kind === "article" || value.kind === "disambiguation";
}

function withoutRedirect(article: Article): Article {
  const { redirectedFrom: _asked, ...rest } = article;
  return rest;
}
