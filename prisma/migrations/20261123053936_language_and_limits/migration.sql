-- AlterTable
ALTER TABLE "exchange" ADD COLUMN     "language" TEXT;

-- CreateIndex
CREATE INDEX "exchange_author_id_received_at_idx" ON "exchange"("author_id", "received_at");
