// A liaison's morning in the browser, and her advisor's answer. Prints one line "ok - …" or "not ok - …" for each
// step; pictures go to out/. --bot URL of a service with the sample ministry whose clock is just before 8:00.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { clientConfig } from './people.mjs';
import { startPerson } from './playground.mjs';
import { expect, failed, out, stepsOf } from './steps.mjs';

const { values } = parseArgs({ options: { bot: { type: 'string', default: 'http://127.0.0.1:3978/api/messages' } } });
const step = stepsOf('morning');

const liaison = await startPerson({ botUrl: values.bot, config: clientConfig('enlace') });
let advisor;
try {
  await step(liaison, 'greets by name', async () => {
    expect(await liaison.see('Soy PAO Teams'), /Hola, Tobías/);
  });
  await step(liaison, 'the digest arrives at eight and says why', async () => {
    const digest = await liaison.see(/asuntos? por atender/, { timeout: 60_000 });
    expect(digest, /Resumen del jueves 12 de noviembre de 2026/);
    expect(digest, /Le aviso porque/);
  });
  await step(liaison, 'a question is answered with its source', async () => {
    await liaison.say('¿Hasta cuándo puedo registrar el avance mensual de un plan?');
    expect(await liaison.see('Fuente: criterio'), /Fuente: criterio PLA-\d\d, Planes, vigencia 2026, versión 1/);
    await liaison.screenshot(join(out, 'conversation.png'), { clip: { x: 330, y: 50, width: 950, height: 820 } }); // README
  });
  await step(liaison, 'a question outside the guidelines is refused', async () => {
    await liaison.say('¿Cuándo pagan la prima de Navidad?');
    await liaison.see(/Ese tema no lo atiendo|Los lineamientos no lo dicen/);
  });
  await step(liaison, 'what is due is listed by urgency', async () => {
    await liaison.say('¿Qué me toca?');
    expect(await liaison.see('Sus pendientes'), /Vencidas/);
  });
  await step(liaison, 'an indicator that is due today is recorded and gives a receipt', async () => {
    await liaison.say('Quiero registrar el avance de un indicador');
    await liaison.see('¿Qué avance va a registrar?');
    await liaison.press('Registrar', liaison.card('¿Qué avance va a registrar?'));
    const form = liaison.card('Registrar avance: Indicadores');
    await form.waitFor();
    await liaison.fill('Numerador', '47', form);
    await liaison.fill('Denominador', '50', form);
    await liaison.fill('Análisis del resultado', 'Se publicaron 47 de 50 piezas; las tres restantes salen esta semana.', form);
    await liaison.fill('Evidencia', 'IND-COM-01_2026-10.xlsx', form);
    await liaison.fill('Tipo de evidencia', 'Informe', form);
    await liaison.press('Guardar avance', form);
    expect(await liaison.see('Comprobante'), /Avance registrado/);
  });
  await step(liaison, 'an SS gets a provisional number and stays pending', async () => {
    await liaison.say('Necesito cambiar la fecha final de la actividad PAI-COM-02');
    const form = liaison.card('Preparar la solicitud SS');
    await form.waitFor();
    await liaison.fill('Valor solicitado', '15 de enero de 2027', form);
    await liaison.fill('Justificación', 'El proveedor entregó tarde los insumos y la actividad termina dos semanas después.', form);
    await liaison.fill('Evidencia', 'acta-proveedor.pdf', form);
    await liaison.press('Enviar solicitud', form);
    expect(await liaison.see('Número provisional'), /[Pp]endiente de radicar/);
  });
  await step(liaison, 'a question goes to the advisor', async () => {
    advisor = await startPerson({ botUrl: values.bot, config: clientConfig('asesor') });
    await advisor.see('Soy PAO Teams');
    await liaison.say('Quiero hablar con mi asesor');
    const form = liaison.card('Hablar con su asesor');
    await form.waitFor();
    await liaison.fill('Su pregunta', '¿Puedo adjuntar un enlace en vez del acta?', form);
    await liaison.press('Enviar pregunta', form);
    expect(await liaison.see('Su pregunta va en camino'), /Damián Yarumo/);
  });
  if (advisor) {
    await step(advisor, 'the advisor receives it and replies', async () => {
      const form = advisor.card('Tiene una consulta por responder');
      await form.waitFor({ timeout: 30_000 });
      expect(await form.innerText(), /¿Puedo adjuntar un enlace en vez del acta\?/);
      await advisor.fill('Su respuesta', 'Sí, si el enlace es público y permanente.', form);
      await advisor.press('Enviar respuesta', form);
      await advisor.see('Respuesta enviada');
    });
    await step(liaison, 'the reply reaches the liaison in the same conversation', async () => {
      expect(await liaison.see('respondió su pregunta', { timeout: 30_000 }), /Sí, si el enlace es público/);
    });
  }
} finally {
  await advisor?.stop();
  await liaison.stop();
}
process.exitCode = failed ? 1 : 0;
