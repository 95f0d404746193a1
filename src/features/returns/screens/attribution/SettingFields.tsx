import { Checkbox, Group, Radio, Select, SimpleGrid, Stack } from '@mantine/core';
import { ruleModels, ruleModelWords } from '#engine/attribution/models.ts';
import { type AttributionContent, conversionKinds, journeyBases } from '#features/returns/contract/attribution.ts';
import { touchSides } from '#features/returns/contract/attribution-pieces.ts';
import { WholeNumber } from '#ui/kit/WholeNumber.tsx';
import { basisWords, conversionWords, sideLabels } from './settingWords.ts';

interface PartProps {
  draft: AttributionContent;
  change(changes: Partial<AttributionContent>): void;
}

/** What makes a journey, what ends it, and which touches count. */
export function JourneyFields({ draft, change }: PartProps) {
  return (
    <>
      <Radio.Group
        label="Whose touches make one journey"
        value={draft.basis}
        onChange={(basis) => change({ basis: basis as AttributionContent['basis'] })}
      >
        <Stack gap={6} mt={6}>
          {journeyBases.map((basis) => (
            <Radio key={basis} value={basis} label={`${basisWords[basis].label}: ${basisWords[basis].about}`} />
          ))}
        </Stack>
      </Radio.Group>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <Select
          label="It ends when"
          description="A conversion"
          allowDeselect={false}
          value={draft.conversion}
          data={conversionKinds.map((value) => ({ value, label: conversionWords[value].label }))}
          onChange={(conversion) => change({ conversion: conversion as AttributionContent['conversion'] })}
        />
        <WholeNumber
          label="Look-back, in days"
          description="Older touches don’t count"
          width="100%"
          value={draft.lookBackDays}
          min={1}
          max={1000}
          onChange={(days) => change({ lookBackDays: days ?? draft.lookBackDays })}
        />
      </SimpleGrid>
      <Checkbox.Group
        label="Whose touches count"
        value={draft.sides}
        onChange={(sides) => change({ sides: touchSides.filter((side) => sides.includes(side)) })}
        error={draft.sides.length === 0 ? 'Choose at least one side.' : undefined}
      >
        <Group gap="lg" mt={6}>
          {touchSides.map((side) => (
            <Checkbox key={side} value={side} label={sideLabels[side]} />
          ))}
        </Group>
      </Checkbox.Group>
      <Checkbox
        label="What machines sent counts too"
        description="Mails of a sequence in a rep’s name, and automatic replies of customers"
        checked={draft.automated}
        onChange={(event) => change({ automated: event.currentTarget.checked })}
      />
    </>
  );
}

/** Which model counts in figures, and what it needs. */
export function CountingFields({ draft, change }: PartProps) {
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
      <Select
        label="Model that counts in figures"
        description={ruleModelWords[draft.model].formula}
        inputWrapperOrder={['label', 'input', 'description']}
        allowDeselect={false}
        value={draft.model}
        data={ruleModels.map((value) => ({ value, label: ruleModelWords[value].label }))}
        onChange={(model) => change({ model: model as AttributionContent['model'] })}
      />
      <WholeNumber
        label="Half-life of time decay, in days"
        width="100%"
        value={draft.halfLifeDays}
        min={1}
        max={1000}
        onChange={(days) => change({ halfLifeDays: days ?? draft.halfLifeDays })}
      />
    </SimpleGrid>
  );
}
