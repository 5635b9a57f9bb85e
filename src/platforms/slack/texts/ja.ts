import type { OwnTexts } from "./slack-texts.ts";

export const japaneseOfSlack: OwnTexts = {
  howToAskDirectly: "はい、ここにいます。質問を書いてください。お調べします。",
  mentionOnly: "このチャンネルではメンションされたときだけ回答します。管理者は `/wiki settings` で変更できます。",
  slackSilent: "Slackが受け付けませんでした。もう一度お試しください。",
  modal: { why: "この回答の根拠", settings: "Footnoteの設定", save: "保存", close: "閉じる" },
  commands: {
    help: [
      "*ウィキに質問する*",
      "`/wiki 水星の1日の長さは？` ここで回答します。すべての文に脚注が付きます。続きはスレッドで質問できます。",
      "`/wiki -q 水星の1日の長さは？` あなただけに回答します。",
      "`/wiki settings` このチャンネルで何に反応するかを変更します（管理者用）。",
      "`/wikistats` 私の稼働状況を表示します。",
      "メンションやダイレクトメッセージでも、メッセージのメニューの *Look it up* からも質問できます。",
    ].join("\n"),
    asks: (user, question) => `<@${user}> さんの質問：${question}`,
    lookUp: (user) => `<@${user}> さんに頼まれて、これを調べます。`,
    lookingUp: "調べています…",
    lookingUpOutside: (bot) =>
      `調べています… 私はこのチャンネルにいません。 \`/invite\` <@${bot}> で招待すると、スレッドで回答できます。`,
  },
  onlyAdmins: "管理者だけができます。",
  noSettingsHere: "ダイレクトメッセージには設定するものがありません。チャンネルで `/wiki settings` を使ってください。",
  channelSettings: {
    channel: (channel) => `<#${channel}> で反応するもの`,
    followUps: "続きの質問",
    mentionOnly: "メンションされたときだけ",
    mentionOnlyMeans: "そうでなければ、聞くのをやめるように言われるまでスレッドに参加します。",
    savedMentionOnly: (channel) => `保存しました。<#${channel}> ではメンションされたときだけ回答します。`,
    savedFollowUps: (channel) => `保存しました。<#${channel}> では続きの質問にメンションは要りません。`,
  },
  home: {
    title: (wiki) => `${wiki}に質問する`,
    ofWikipedia: [
      { title: "事実を調べる", message: "水星の1日はどれくらいの長さですか？" },
      { title: "どんな人？", message: "エイダ・ラブレスとは誰で、何で知られていますか？" },
      { title: "二つを比べる", message: "バイカル湖とタンガニーカ湖では、どちらが深いですか？" },
      { title: "しくみを知る", message: "日時計はどのようなしくみですか？" },
    ],
    ofOtherWikis: [
      { title: "まず読むページ", message: "新しく来た人が最初に読むべきページはどれですか？" },
      { title: "規則を調べる", message: "どんな規則やガイドラインがありますか？" },
      { title: "担当者を調べる", message: "誰が何を担当していますか？" },
    ],
  },
};
