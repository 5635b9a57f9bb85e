-- CreateEnum
CREATE TYPE "verdict_kind" AS ENUM ('good', 'bad');

-- AlterTable
ALTER TABLE "conversation" ADD COLUMN     "context" JSONB,
ADD COLUMN     "listening" BOOLEAN NOT NULL DEFAULT true;

-- AlterTable
ALTER TABLE "exchange" ADD COLUMN     "revised_at" TIMESTAMPTZ(3),
ADD COLUMN     "revision" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "subject" TEXT,
ADD COLUMN     "withdrawn" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "usage" ADD COLUMN     "bad" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "good" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "verdict" (
    "exchange_id" UUID NOT NULL,
    "author_id" TEXT NOT NULL,
    "verdict" "verdict_kind" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "verdict_pkey" PRIMARY KEY ("exchange_id","author_id")
);

-- CreateTable
CREATE TABLE "place_setting" (
    "place" TEXT NOT NULL,
    "settings" JSONB NOT NULL,
    "author_id" TEXT NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "place_setting_pkey" PRIMARY KEY ("place")
);

-- CreateTable
CREATE TABLE "installation" (
    "platform" TEXT NOT NULL,
    "tenant" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "installation_pkey" PRIMARY KEY ("platform","tenant")
);

-- AddForeignKey
ALTER TABLE "verdict" ADD CONSTRAINT "verdict_exchange_id_fkey" FOREIGN KEY ("exchange_id") REFERENCES "exchange"("id") ON DELETE CASCADE ON UPDATE CASCADE;
