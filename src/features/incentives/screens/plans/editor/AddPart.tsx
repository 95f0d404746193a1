import { Button, Menu } from '@mantine/core';
import type { Term } from '#engine/payout/plan.ts';
import type { PlanContent } from '#features/incentives/contract/plan-content.ts';
import { today } from '#ui/formats.ts';
import { useEditing } from './editing.tsx';
import { type ComponentKind, kindNames, newComponent, newPool, newTerm, termNames } from './new-parts.ts';

/** Everything a plan can have one more of. */
export function AddPart({ onChange }: { onChange(plan: PlanContent): void }) {
  const { plan } = useEditing();
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default" w="fit-content">
          Add a part
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Paid for</Menu.Label>
        {(Object.keys(kindNames) as ComponentKind[]).map((kind) => (
          <Item
            key={kind}
            {...kindNames[kind]}
            onClick={() => onChange({ ...plan, components: [...plan.components, newComponent(plan, kind, today())] })}
          />
        ))}
        <Menu.Label>Done to the sum</Menu.Label>
        {(Object.keys(termNames) as Term['kind'][]).map((kind) => (
          <Item key={kind} {...termNames[kind]} onClick={() => onChange({ ...plan, terms: [...plan.terms, newTerm(plan, kind)] })} />
        ))}
        <Menu.Label>Together</Menu.Label>
        <Item
          name="Pool"
          about="earned together, opened by both sides"
          disabled={plan.pool !== null}
          onClick={() => onChange({ ...plan, pool: newPool(plan) })}
        />
      </Menu.Dropdown>
    </Menu>
  );
}

interface ItemProps {
  name: string;
  about: string;
  disabled?: boolean;
  onClick(): void;
}

const Item = ({ name, about, disabled = false, onClick }: ItemProps) => (
  <Menu.Item disabled={disabled} onClick={onClick}>
    {name}
    <span className="dim small-print block">{about}</span>
  </Menu.Item>
);
