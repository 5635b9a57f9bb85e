-- AlterTable
ALTER TABLE "conversation" ADD COLUMN     "listening_at" TIMESTAMPTZ(3);
