# syntax=docker/dockerfile:1
# The same Node that package.json pins, so that what is tested is what is shipped.
FROM node:24.21.0-bookworm-slim AS base
WORKDIR /app

FROM base AS client
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY prisma ./prisma
COPY .config ./.config
COPY src/store ./src/store
RUN node src/store/generate.ts

# Without the embedded PostgreSQL (320 MB, an optional dependency): in a container the database is a neighbour.
FROM base AS dependencies
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts

FROM base
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json ./
COPY prisma/migrations ./prisma/migrations
COPY src ./src
COPY --from=client /app/src/store/generated ./src/store/generated
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/ready`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Not through npm, which would keep the signals to itself.
CMD ["node", "src/main.ts"]
