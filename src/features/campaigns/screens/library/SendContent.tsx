import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { assetKindWords } from '#engine/campaigns/asset-standing.ts';
import type { AssetItem } from '#features/campaigns/contract/library.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { type Subject, useLibrary } from './asking.ts';
import { ContentDialog } from './ContentDialog.tsx';
import { madeFor, ratingTold } from './libraryWords.ts';
import { UseAsset } from './UseAsset.tsx';

/** Content for this lead or deal: what is made for its stage and segment stands first. */
export function SendContent({ subject, onClose }: { subject: Subject; onClose(): void }) {
  const [search, setSearch] = useState('');
  const [settled] = useDebouncedValue(search, 250);
  const library = useLibrary({ ...subject, sort: 'fit', standing: 'usable', limit: 20, search: settled });
  return (
    <ContentDialog title="Send or show content" onClose={onClose}>
      <TextInput
        label="Search"
        placeholder="A title, or what they object to"
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        data-autofocus
      />
      <Answer of={library} what="The library" lines={5}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length > 0)
            return (
              <ul className="send-list">
                {items.map((item) => (
                  <SendLine key={item.id} item={item} subject={subject} />
                ))}
              </ul>
            );
          return settled ? (
            <Empty title="Nothing like this in the library" action={<Go href={paths.proposals()}>Ask marketing for it</Go>} />
          ) : (
            <Empty title="Nothing can be sent yet" action={<Go href={paths.library()}>To the library</Go>}>
              Content that is in the library, valid today, stands here.
            </Empty>
          );
        }}
      </Answer>
    </ContentDialog>
  );
}

function SendLine({ item, subject }: { item: AssetItem; subject: Subject }) {
  const fits = item.fits?.stage && item.fits.segment;
  return (
    <li>
      <div>
        <strong className="wrap-any">{item.title}</strong> <span className="dim small-print">{assetKindWords[item.kind]}</span>
      </div>
      <div className="dim small-print">
        {fits ? <span className="good">Fits</span> : <span className="warn">Made for others</span>}: {madeFor(item)} · {ratingTold(item)}
      </div>
      {item.objections.length > 0 && <div className="small-print wrap-any">Answers “{item.objections.join('”, “')}”</div>}
      <UseAsset asset={item} subject={subject} />
    </li>
  );
}
