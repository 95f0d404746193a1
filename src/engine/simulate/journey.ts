/** What leads to an inquiry: the source, the touches before it, the inquiry itself, what a machine answers. */

import { channels, landingPages, originOfType, ownOrigins, unknownOrigin } from './catalogue.ts';
import { cumulate, pickFrom } from './chance.ts';
import { normalOf } from './numbers.ts';
import { world } from './parameters.ts';
import type { Lead, Run } from './run.ts';
import { customerForm, machineEmail, writeTouch, type TouchShape } from './touches.ts';

const journeySums = cumulate(channels.map((channel) => channel.journeyWeight));
const earlierTouches = cumulate([38, 30, 17, 9, 6]);
const nurtureSeries = 4;

const shapeOfKind: Record<string, TouchShape> = {
  ad_click: { side: 'customer', kind: 'ad_click', direction: 'in' },
  visit: { side: 'customer', kind: 'visit', direction: 'in' },
  social: { side: 'customer', kind: 'social', direction: 'in' },
  event: { side: 'customer', kind: 'event', direction: 'in' },
  email: machineEmail,
};
const webinar: TouchShape = { side: 'customer', kind: 'webinar', direction: 'in' };

/** Decides where a lead comes from and its latent worth. `sources` are the day's, from `sourcesOfDay`. */
export function drawSource(run: Run, lead: Lead, sources: Float64Array): void {
  const { chance, behaviour, campaigns } = run;
  const source = lead.cycle > 1 ? nurtureSeries : pickFrom(sources, chance.next());
  lead.campaign = campaigns[source];
  lead.channel = lead.campaign ? lead.campaign.channel : source - campaigns.length;
  lead.intent = normalOf(chance.next());
  lead.incremental = chance.happens(lead.campaign ? lead.campaign.incremental : world.ownIncremental);
  const plain = lead.cycle > 1 ? 'Earlier lead' : lead.campaign ? (originOfType[lead.campaign.type] as string) : chance.oneOf(ownOrigins);
  lead.landingPage = landingPages[plain] as string;
  const mess = chance.next();
  lead.origin = mess < behaviour.blankOrigin ? '' : mess < behaviour.blankOrigin + behaviour.unknownOrigin ? unknownOrigin : plain;
}

/** Writes the touches up to and just after the inquiry; sets `journey` and `push`. */
export function writeJourney(run: Run, lead: Lead): void {
  const { chance } = run;
  lead.journey = 1 << lead.channel;
  lead.push = lead.campaign ? lead.campaign.quality : 0;
  const earlier = lead.cycle > 1 ? 1 : pickFrom(earlierTouches, chance.next());
  const span = 86400 * (1 + 38 * chance.next() * chance.next());
  for (let i = 0; i < earlier; i++) {
    const channel = lead.cycle > 1 ? lead.channel : pickFrom(journeySums, chance.next());
    lead.journey |= 1 << channel;
    const at = lead.openedAt - 60 - Math.floor((span * (earlier - i - 0.5 + 0.5 * chance.next())) / earlier);
    const kind = (channels[channel] as { touchKind: string }).touchKind;
    writeTouch(
      run,
      lead,
      shapeOfKind[kind] as TouchShape,
      at,
      channel,
      kind === 'email' ? 'Opened' : '',
      kind === 'email' ? 'Planning letter' : '',
      undefined,
      -1,
      channel === lead.channel,
    );
  }
  for (let channel = 0; channel < channels.length; channel++)
    if (lead.journey & (1 << channel)) lead.push += (channels[channel] as { push: number }).push;
  const type = lead.campaign?.type;
  const shape = type === 'Webinar' ? webinar : type === 'Trade fair' ? (shapeOfKind['event'] as TouchShape) : customerForm;
  writeTouch(run, lead, shape, lead.openedAt, lead.channel, 'Responded', lead.landingPage, undefined, -1, true);
  if (chance.happens(world.confirmationShare))
    writeTouch(
      run,
      lead,
      machineEmail,
      lead.openedAt + 20 + chance.below(90),
      lead.channel,
      'Delivered',
      'Thank you for your request',
      undefined,
      -1,
      true,
    );
}
