// A follow-up report in the browser, from the advisor's draft to what internal control reads: the liaison asks for an
// adjustment, the leader endorses it and justifies a line, the advisor decides both, everybody sees the final report
// and what changed in it. Same output and options as journey.mjs; the clock is any morning of 12 November 2026.
import { parseArgs } from 'node:util';
import { clientConfig } from './people.mjs';
import { startPerson } from './playground.mjs';
import { expect, failed, stepsOf } from './steps.mjs';

const { values } = parseArgs({ options: { bot: { type: 'string', default: 'http://127.0.0.1:3978/api/messages' } } });
const step = stepsOf('report');

// The one process of the sample ministry whose report of the third quarter is still a draft, and its office.
const people = `\
asesora|U-006|demo-aad-0006|Rocío Cámbulo (demo)
lider|U-107|demo-aad-0107|Renato Ceiba (demo)
enlace|U-108|demo-aad-0108|Eliseo Cóndor (demo)
coordinacion|U-002|demo-aad-0002|Sol Frailejón (demo)
oci|U-011|demo-aad-0011|Amparo Caracolí (demo)
responsable|U-021|demo-aad-0021|Fabiola Caracolí (demo)`;

const started = [];
async function open(word) {
  const person = await startPerson({ botUrl: values.bot, config: clientConfig(word, { table: people }) });
  started.push(person);
  await person.see('Soy PAO Teams');
  return person;
}

try {
  const leader = await open('lider');
  const liaison = await open('enlace');
  const advisor = await open('asesora');

  await step(advisor, 'the advisor finds the draft and confirms by name that what was recorded is verified', async () => {
    await advisor.say('reportes');
    await advisor.see('Reportes de seguimiento');
    await advisor.page.locator('.ac-adaptiveCard').last().getByRole('button', { name: 'Abrir', exact: true }).first().click();
    const draft = advisor.card('Preparar el reporte');
    await draft.waitFor();
    await advisor.press('Confirmar la verificación', draft);
    const form = advisor.card('Verificar lo registrado');
    await form.waitFor();
    await advisor.fill('Resultado', 'Con observaciones', form);
    await advisor.fill('Observación', 'Se revisó con el proceso.', form);
    await advisor.press('Confirmar', form);
    await advisor.see('Punto de control confirmado');
  });
  await step(advisor, 'the advisor sends it to the process', async () => {
    await advisor.press('Abrir el reporte');
    const draft = advisor.card('Preparar el reporte');
    await draft.waitFor();
    await advisor.fill('Sus palabras para el proceso', 'Este es su reporte del trimestre. Responda con calma.', draft);
    await advisor.press('Enviar al proceso', draft);
    expect(await advisor.see('Reporte enviado'), /3 personas/);
  });
  await step(leader, 'the leader receives it with its due date and the reason', async () => {
    const report = await leader.see('Reporte preventivo', { timeout: 30_000 });
    expect(report, /Vence el 27 de noviembre de 2026, le quedan 10 días hábiles/);
  });
  await step(leader, 'the leader justifies a line with evidence', async () => {
    await leader.press('Justificar con evidencia', leader.card('Reporte preventivo'));
    const form = leader.card('Diga qué pasó e indique la evidencia');
    await form.waitFor();
    await leader.fill('Sobre qué', 'Todo el reporte', form);
    await leader.fill('Qué pasó', 'El registro se hizo tarde por una incapacidad de ocho días.', form);
    await leader.fill('Evidencia: nombre del archivo o enlace', 'incapacidad.pdf', form);
    await leader.press('Enviar justificación', form);
    await leader.see('Justificación recibida');
  });
  await step(liaison, 'the liaison asks for an adjustment', async () => {
    await liaison.see('Reporte preventivo', { timeout: 30_000 });
    await liaison.press('Pedir ajuste (SS-4)', liaison.card('Reporte preventivo'));
    const form = liaison.card('Preparar la solicitud SS');
    await form.waitFor();
    await liaison.fill('Práctica', 'Planes', form);
    await liaison.fill('Qué debería decir', 'A tiempo', form);
    await liaison.fill('Justificación', 'El registro existe: se hizo el último día del plazo.', form);
    await liaison.fill('Evidencia', 'pantalla-del-registro.png', form);
    await liaison.press('Enviar solicitud', form);
    expect(await liaison.see('Número provisional'), /PAO-2026-0001/);
  });
  await step(advisor, 'the advisor takes the request and approves it', async () => {
    await advisor.see('Tiene una nueva solicitud', { timeout: 30_000 });
    await advisor.press('Tomar en revisión', advisor.card('Tiene una nueva solicitud'));
    await advisor.see('En revisión');
    await advisor.press('Decidir');
    const form = advisor.card('Decidir la solicitud');
    await form.waitFor();
    await advisor.fill('Qué decía el reporte o el registro', 'Sin registro', form);
    await advisor.fill('Qué muestra la evidencia', 'El registro del último día del plazo', form);
    await advisor.fill('Decisión', 'Aprobar', form);
    await advisor.press('Guardar decisión', form);
    await advisor.see('Aprobada');
  });
  await step(advisor, 'the advisor applies it to the line of the report', async () => {
    await advisor.press('Aplicar el cambio');
    const form = advisor.card('Aplicar el cambio');
    await form.waitFor();
    await advisor.fill('Línea', /PAI-CID/, form);
    await advisor.fill('Queda como', 'Registrado a tiempo', form);
    await advisor.press('Aplicar', form);
    await advisor.see(/Cambio aplicado/);
  });
  const coordination = await open('coordinacion');
  await step(coordination, 'the coordination confirms the control point: who decided does not', async () => {
    await coordination.say('puntos de control');
    await coordination.see('Puntos de control por confirmar');
    const row = coordination.card().locator('.ac-container').filter({ hasText: 'PAO-2026-0001' }).last();
    await row.getByRole('button', { name: 'Revisar y confirmar', exact: true }).click();
    const form = coordination.card('Revisar la pertinencia de las solicitudes');
    await form.waitFor();
    await coordination.fill('Resultado', 'Conforme', form);
    await coordination.press('Confirmar', form);
    await coordination.see(/confirmado|Confirmado/);
  });
  await step(leader, 'the leader accepts and the validation closes early', async () => {
    await leader.press('Ver el reporte', leader.card('Justificación recibida'));
    const report = leader.card('Reporte preventivo');
    await report.waitFor();
    await leader.press('Aceptar', report);
    await leader.see(/[Aa]ceptado|[Aa]ceptación/);
  });
  await step(advisor, 'the advisor decides the justification and the report is final', async () => {
    const news = advisor.card(/Novedad en el reporte/);
    await news.waitFor();
    await advisor.press('Ver el reporte', news);
    const form = advisor.card('Decidir una justificación');
    await form.waitFor();
    await advisor.fill('Decisión', 'Aceptada', form);
    await advisor.fill('Por qué', 'La incapacidad está probada.', form);
    await advisor.press('Guardar la decisión', form);
    expect(await advisor.see('Diferencias con el reporte preventivo'), /sin registro → registrado a tiempo/);
  });
  await step(advisor, 'the advisor publishes it', async () => {
    await advisor.press('Publicar', advisor.card('Reporte final'));
    await advisor.see(/Publicado/);
  });
  for (const [person, name] of [[leader, 'leader'], [liaison, 'liaison']]) {
    await step(person, `the ${name} receives the final report with what changed and why`, async () => {
      const report = await person.see('Reporte final', { timeout: 30_000 });
      expect(report, /Diferencias con el reporte preventivo/);
      expect(report, /Por qué: El registro del último día del plazo/);
    });
  }
  for (const [person, name] of [[coordination, 'the coordination'], [await open('oci'), 'internal control']]) {
    await step(person, `${name} reads it with the answers`, async () => {
      await person.say('Reportes de Control Disciplinario Interno');
      await person.see('Reportes de seguimiento');
      await person.card().getByRole('button', { name: 'Abrir', exact: true }).first().click();
      await person.see('Reporte final');
    });
  }
} finally {
  await Promise.all(started.map((person) => person.stop()));
}
process.exitCode = failed ? 1 : 0;
