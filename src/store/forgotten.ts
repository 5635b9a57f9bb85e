/**
 * Two parts of a statement: the keys of messages that were deleted are kept, and those of two days ago removed. No platform tells of a
 * message again after so long. @param from has the columns `platform` and `message_id`
 */
export function keepForgotten(from: string): string {
  return `
  forgotten AS (
    INSERT INTO forgotten_message (platform, message_id, forgotten_at)
    SELECT platform, message_id, clock_timestamp() FROM ${from}
    ON CONFLICT DO NOTHING
  ), long_forgotten AS (
    DELETE FROM forgotten_message WHERE (platform, message_id) IN (
      SELECT platform, message_id FROM forgotten_message
      WHERE forgotten_at < now() - interval '2 days'
      LIMIT ${REMOVED_AT_ONCE} FOR UPDATE SKIP LOCKED
    )
  )`;
}

/** Each statement adds at most one. */
const REMOVED_AT_ONCE = 100;

/** $1 platform, $2 message id. */
export const FORGET_MESSAGE = `
  WITH deleted (platform, message_id) AS (VALUES ($1::text, $2::text)), ${keepForgotten("deleted")}
  SELECT FROM deleted`;

/** Whether the message of the columns or parameters `platform` and `messageId` was deleted. */
export function isForgotten(platform: string, messageId: string): string {
  return `EXISTS (
    SELECT FROM forgotten_message AS deleted WHERE deleted.platform = ${platform} AND deleted.message_id = ${messageId}
  )`;
}
