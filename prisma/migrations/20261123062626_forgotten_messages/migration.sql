-- CreateTable
CREATE TABLE "forgotten_message" (
    "platform" TEXT NOT NULL,
    "message_id" TEXT NOT NULL,
    "forgotten_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "forgotten_message_pkey" PRIMARY KEY ("platform","message_id")
);

-- CreateIndex
CREATE INDEX "forgotten_message_forgotten_at_idx" ON "forgotten_message"("forgotten_at");
