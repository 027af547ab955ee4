export interface Words {
  /** Which language they are. */
  readonly lang: string;
  readonly open: string;
  readonly close: string;
  readonly send: string;
  readonly placeholder: string;
  readonly log: string;
  readonly typing: string;
  readonly offline: string;
  readonly ended: string;
  readonly refused: string;
  readonly fresh: string;
  readonly save: string;
  readonly failed: string;
  readonly tooLong: string;
  readonly retry: string;
  readonly person: string;
  readonly leave: string;
  readonly stay: string;
  readonly you: string;
  readonly unread: (count: number) => string;
  readonly sources: string;
}

const english: Words = {
  lang: 'en',
  open: 'Open the chat',
  close: 'Close the chat',
  send: 'Send',
  placeholder: 'Write a message',
  log: 'Conversation',
  typing: 'is writing',
  offline: 'No connection. We keep trying; nothing you write is lost.',
  ended: 'This conversation is over.',
  refused: 'The chat could not be opened.',
  fresh: 'New conversation',
  save: 'Save the conversation',
  failed: 'Not sent.',
  tooLong: 'Not sent: it is too long. Please send it in parts.',
  retry: 'Try again',
  person: 'A colleague is taking over.',
  leave: 'Leave this conversation for a new one?',
  stay: 'Stay here',
  you: 'You',
  unread: (count) => (count === 1 ? '1 new message' : `${count} new messages`),
  sources: 'Read more',
};

const chinese: Words = {
  lang: 'zh',
  open: '打开聊天',
  close: '关闭聊天',
  send: '发送',
  placeholder: '请输入消息',
  log: '对话',
  typing: '正在输入',
  offline: '连接已断开，正在重试；您输入的内容不会丢失。',
  ended: '本次对话已结束。',
  refused: '暂时无法打开聊天。',
  fresh: '新对话',
  save: '保存对话',
  failed: '发送失败。',
  tooLong: '发送失败：内容过长，请分几次发送。',
  retry: '重试',
  person: '人工客服正在为您服务。',
  leave: '要离开本次对话，开始新的对话吗？',
  stay: '留在这里',
  you: '您',
  unread: (count) => `${count} 条新消息`,
  sources: '了解更多',
};

/** What the chat says itself, in the nearest language it knows. */
export function wordsFor(locale: string): Words {
  return locale.split('-', 1)[0] === 'zh' ? chinese : english;
}
