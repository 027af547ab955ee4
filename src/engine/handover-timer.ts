/** The timer that gives a conversation back to the bot which no person took up. */
export const handoverTimer = 'handover_timeout';
