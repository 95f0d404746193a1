import { type Filling, type Material, textOf } from '#features/rollout/contract/materials/material.ts';

/** As it is printed. */
export function MaterialText({ material, filling }: { material: Material; filling: Filling }) {
  if (material.kind !== 'agenda') return <pre className="material-text">{textOf(material, filling).trimEnd()}</pre>;
  return (
    <div className="table-scroll" role="region" aria-label="Agenda" tabIndex={0}>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col" className="figure">
              Minutes
            </th>
            <th scope="col">What</th>
            <th scope="col">What stands at the end</th>
          </tr>
        </thead>
        <tbody>
          {material.rows.map(([minutes, topic, result]) => (
            <tr key={topic}>
              <td className="figure">{minutes}</td>
              <th scope="row" className="material-cell">
                {topic}
              </th>
              <td className="material-cell">{result}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
