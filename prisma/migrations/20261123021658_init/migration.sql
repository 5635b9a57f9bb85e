-- CreateEnum
CREATE TYPE "exchange_state" AS ENUM ('received', 'running', 'answered', 'delivered', 'failed');

-- CreateEnum
CREATE TYPE "role" AS ENUM ('user', 'assistant');

-- CreateEnum
CREATE TYPE "cache_outcome" AS ENUM ('hit', 'miss', 'stale');

-- CreateTable
CREATE TABLE "conversation" (
    "thread" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "message_count" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_activity_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "conversation_pkey" PRIMARY KEY ("thread")
);

-- CreateTable
CREATE TABLE "exchange" (
    "id" UUID NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "thread" TEXT NOT NULL,
    "platform" TEXT NOT NULL,
    "message_id" TEXT NOT NULL,
    "author_id" TEXT NOT NULL,
    "author_name" TEXT NOT NULL,
    "state" "exchange_state" NOT NULL DEFAULT 'received',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "reply_to" JSONB NOT NULL,
    "progress" JSONB,
    "failure" TEXT,
    "outcome" TEXT,
    "limit" TEXT,
    "model" TEXT,
    "input_tokens" INTEGER,
    "output_tokens" INTEGER,
    "cache" "cache_outcome",
    "suggestions" TEXT[],
    "thumbnail" JSONB,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "answered_at" TIMESTAMPTZ(3),
    "failed_at" TIMESTAMPTZ(3),
    "delivered_at" TIMESTAMPTZ(3),

    CONSTRAINT "exchange_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "message" (
    "id" UUID NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "thread" TEXT NOT NULL,
    "exchange_id" UUID NOT NULL,
    "role" "role" NOT NULL,
    "text" TEXT,
    "sentences" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "citation" (
    "exchange_id" UUID NOT NULL,
    "n" INTEGER NOT NULL,
    "quote" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "section" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "revision" TEXT NOT NULL,
    "revised_at" TEXT,
    "url" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "license" JSONB,
    "thumbnail" JSONB,
    "stale_since" TEXT,

    CONSTRAINT "citation_pkey" PRIMARY KEY ("exchange_id","n")
);

-- CreateTable
CREATE TABLE "total" (
    "shard" INTEGER NOT NULL,
    "conversations" BIGINT NOT NULL DEFAULT 0,
    "user_messages" BIGINT NOT NULL DEFAULT 0,
    "assistant_messages" BIGINT NOT NULL DEFAULT 0,
    "citations" BIGINT NOT NULL DEFAULT 0,
    "received" BIGINT NOT NULL DEFAULT 0,
    "running" BIGINT NOT NULL DEFAULT 0,
    "answered" BIGINT NOT NULL DEFAULT 0,
    "delivered" BIGINT NOT NULL DEFAULT 0,
    "failed" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "total_pkey" PRIMARY KEY ("shard")
);

-- CreateTable
CREATE TABLE "usage" (
    "day" DATE NOT NULL,
    "shard" INTEGER NOT NULL,
    "exchanges" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "hits" INTEGER NOT NULL DEFAULT 0,
    "misses" INTEGER NOT NULL DEFAULT 0,
    "stale" INTEGER NOT NULL DEFAULT 0,
    "input_tokens" BIGINT NOT NULL DEFAULT 0,
    "output_tokens" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "usage_pkey" PRIMARY KEY ("day","shard")
);

-- CreateTable
CREATE TABLE "article_usage" (
    "day" DATE NOT NULL,
    "language" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "citations" INTEGER NOT NULL,

    CONSTRAINT "article_usage_pkey" PRIMARY KEY ("day","language","title")
);

-- CreateIndex
CREATE INDEX "conversation_last_activity_at_thread_idx" ON "conversation"("last_activity_at", "thread");

-- CreateIndex
CREATE INDEX "exchange_thread_seq_idx" ON "exchange"("thread", "seq");

-- CreateIndex
CREATE INDEX "exchange_unfinished_idx" ON "exchange"("thread", "seq") WHERE (state IN ('received', 'running', 'answered'));

-- CreateIndex
CREATE INDEX "exchange_answered_at_idx" ON "exchange"("answered_at");

-- CreateIndex
CREATE UNIQUE INDEX "exchange_platform_message_id_key" ON "exchange"("platform", "message_id");

-- CreateIndex
CREATE INDEX "message_thread_seq_idx" ON "message"("thread", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "message_exchange_id_role_key" ON "message"("exchange_id", "role");

-- CreateIndex
CREATE INDEX "article_usage_day_citations_idx" ON "article_usage"("day", "citations");

-- AddForeignKey
ALTER TABLE "exchange" ADD CONSTRAINT "exchange_thread_fkey" FOREIGN KEY ("thread") REFERENCES "conversation"("thread") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_exchange_id_fkey" FOREIGN KEY ("exchange_id") REFERENCES "exchange"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "citation" ADD CONSTRAINT "citation_exchange_id_fkey" FOREIGN KEY ("exchange_id") REFERENCES "exchange"("id") ON DELETE CASCADE ON UPDATE CASCADE;
