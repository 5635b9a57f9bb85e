import type { CommandBook } from "./command-book.ts";
import { commandData } from "./command-data.ts";
import { everyComponent } from "./component-rules.ts";
import type { Channel, Fields, Message, User } from "./entities.ts";
import { memberFields, userFields } from "./fields.ts";
import { messageFields } from "./message-fields.ts";
import type { InteractionReplies } from "./interaction-replies.ts";
import { INTERACTION, type InteractionDesk } from "./interactions.ts";
import type { MessageAt, Person } from "./person.ts";
import type { World } from "./world.ts";

export interface HandsOptions {
  readonly user: User;
  readonly world: World;
  readonly commands: CommandBook;
  readonly interactions: InteractionDesk;
  readonly replies: InteractionReplies;
  /** The application's id, and its bot's. */
  readonly app: string;
}

type Hands = Pick<Person, "slash" | "autocomplete" | "menu" | "click" | "select" | "modal" | "submit">;

/** What somebody does with the app's commands, buttons and forms. */
export function createHands(
  { user, world, commands, interactions, replies, app }: HandsOptions,
  {
    channelAt,
    messageAt,
  }: { readonly channelAt: (id: string) => Channel; readonly messageAt: (at: MessageAt) => Message },
): Hands {
  function dataOf(
    channel: Channel,
    name: string,
    options: Parameters<Person["slash"]>[2] = {},
    focused?: string,
  ): Fields {
    return commandData({ world, commands, app, user: user.id, channel, path: name, options, focused });
  }

  /** A component of the message by custom id or by what people see on it; what somebody else was shown is out of reach. */
  function componentOf(message: Message, isWanted: (component: Fields) => boolean, wanted: string): Fields {
    if (message.onlyFor !== undefined && message.onlyFor !== user.id) throw new Error(`${user.name} does not see it`);
    const component = everyComponent(message.components).find(isWanted);
    if (component === undefined) throw new Error(`no ${wanted} in the message: ${JSON.stringify(message.components)}`);
    if (component["disabled"] === true) throw new Error(`${wanted} is disabled`);
    return component;
  }

  async function press(at: MessageAt, component: Fields, values?: readonly string[]) {
    const source = messageAt(at);
    const { type, custom_id: id } = component;
    const data = { component_type: type, custom_id: id, id: 1, ...(values === undefined ? {} : { values }) };
    return interactions.open({
      type: INTERACTION.component,
      user: user.id,
      channel: channelAt(at.channel),
      data,
      source,
    });
  }

  return {
    slash(at, name, options) {
      const channel = channelAt(at);
      const data = dataOf(channel, name, options);
      return interactions.open({ type: INTERACTION.command, user: user.id, channel, data, name });
    },
    async autocomplete(at, name, focused, others = {}) {
      const channel = channelAt(at);
      const data = dataOf(channel, name, { ...others, ...focused }, Object.keys(focused)[0]);
      const invoked = await interactions.open({ type: INTERACTION.autocomplete, user: user.id, channel, data, name });
      return invoked.choices ?? [];
    },
    menu(at, name) {
      const channel = channelAt(at.channel);
      const target = messageAt(at);
      const author = world.users.get(target.author);
      const command = commands.find(name, 3, channel.guild);
      if (command === undefined) throw new Error(`no message command ${name} is registered`);
      const member = world.guilds.get(channel.guild ?? "")?.members.get(target.author);
      const resolved = {
        messages: { [target.id]: messageFields(target, world) },
        ...(author === undefined ? {} : { users: { [author.id]: userFields(author) } }),
        ...(member === undefined ? {} : { members: { [member.user]: memberFields(member, world) } }),
      };
      const data = { id: command.id, name, type: 3, target_id: target.id, resolved };
      return interactions.open({ type: INTERACTION.command, user: user.id, channel, data, name, target });
    },
    async click(at, button) {
      const isWanted = ({ type, label, custom_id: id }: Fields) => type === 2 && (label === button || id === button);
      return press(at, componentOf(messageAt(at), isWanted, `button ${button}`));
    },
    async select(at, choices, menu) {
      const isWanted = (component: Fields) =>
        isSelect(component) &&
        (menu === undefined || component["placeholder"] === menu || component["custom_id"] === menu);
      const component = componentOf(messageAt(at), isWanted, `menu ${menu ?? ""}`);
      const options = component["options"] as Fields[] | undefined;
      checkNumber(choices.length, component);
      const values = choices.map((choice) => {
        if (options === undefined) return choice;
        const option = options.find(({ label, value }) => label === choice || value === choice);
        if (option === undefined) throw new Error(`the menu has no ${choice}: ${JSON.stringify(options)}`);
        return String(option["value"]);
      });
      return press(at, component, values);
    },
    modal: () => replies.modals.get(user.id)?.modal,
    async submit(values) {
      const open = replies.modals.get(user.id);
      if (open === undefined) throw new Error(`${user.name} has no modal open`);
      replies.modals.delete(user.id);
      const { channel, source } = open.opener;
      const data = { custom_id: open.modal["custom_id"], components: filledIn(open.modal, values) };
      const sent = { type: INTERACTION.modal, user: user.id, channel, data };
      return interactions.open({ ...sent, ...(source === undefined ? {} : { source }) });
    },
  };
}

/** The parts of a modal as they are submitted (docs, *Modal Submit Data*). */
function filledIn(modal: Fields, values: Readonly<Record<string, string>>): Fields[] {
  const filled = (input: Fields): Fields => ({
    type: input["type"],
    custom_id: input["custom_id"],
    id: 1,
    ...(input["type"] === 4
      ? { value: values[String(input["custom_id"])] ?? input["value"] ?? "" }
      : { values: [values[String(input["custom_id"])]].filter((value) => value !== undefined) }),
  });
  return (modal["components"] as Fields[]).map((part) => {
    if (part["type"] === 1) return { type: 1, id: 1, components: (part["components"] as Fields[]).map(filled) };
    return part["type"] === 18 ? { type: 18, id: 1, component: filled(part["component"] as Fields) } : part;
  });
}

/** Of text, and those that Discord fills: users, roles, both, channels. */
function isSelect({ type }: Fields): boolean {
  return [3, 5, 6, 7, 8].some((one) => one === type);
}

function checkNumber(count: number, { min_values: least = 1, max_values: most = 1 }: Fields): void {
  if (count < Number(least) || count > Number(most)) throw new Error(`the menu does not take ${count} choices`);
}
