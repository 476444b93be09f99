// Activities shaped like the ones the Teams channel sends (about 2 KB each).
import { APP_ID, TENANT_ID } from './identity.mjs';

let next = Date.now() * 1000;                       // distinct ids, also across runs

const hex = (n, len) => n.toString(16).padStart(len, '0');

export function makeActivity(kind, userIndex, serviceUrl) {
  const id = String(next++);
  const u = hex(userIndex, 12);
  const when = new Date();
  const text = kind === 'card' ? 'tarjeta' : `eco Buenos días, necesito saber el estado de mi solicitud de ajuste #${id}#`;
  const a = {
    ...(kind === 'invoke' ? {} : { text, textFormat: 'plain', attachments: [{ contentType: 'text/html', content: `<p>${text}</p>` }] }),
    type: kind === 'invoke' ? 'invoke' : 'message',
    timestamp: when.toISOString(),
    localTimestamp: when.toISOString().replace('Z', '+00:00'),
    localTimezone: 'Europe/Madrid',
    id,
    channelId: 'msteams',
    serviceUrl,
    from: {
      id: `29:1${u}aZ0cQxK9vTq3mWfR7yJ2pLsD8hN5bG4eU6iO1kXwVtYrEsPqA_MnBvCxZlKjHgFdSaPoIuYtRe${u}`,
      name: `Persona de Prueba ${userIndex}`,
      aadObjectId: `00000000-0000-4000-8000-${u}`,
    },
    conversation: {
      conversationType: 'personal', tenantId: TENANT_ID,
      id: `a:1${u}Qw3rTyUiOpAsDfGhJkLzXcVbNm0987654321qWeRtYuIoPaSdFgHjKlZxCvBnM-1029384756alskdjfhgQpWoEiRuTy_zmxncbv${u}`,
    },
    recipient: { id: `28:${APP_ID}`, name: 'Bot de Prueba' },
    entities: [{ locale: 'es-ES', country: 'ES', platform: 'Windows', timezone: 'Europe/Madrid', type: 'clientInfo' }],
    channelData: {
      tenant: { id: TENANT_ID },
      ...(kind === 'invoke' ? { source: { name: 'message' }, legacy: { replyToId: '1:bench-card' } } : {}),
    },
    locale: 'es-ES',
  };
  if (kind === 'invoke') {
    a.name = 'adaptiveCard/action';
    a.replyToId = '1700000000000';
    a.value = {
      action: { type: 'Action.Execute', id: 'eco', title: 'Eco', verb: 'eco',
        data: { solicitud: id, tipo: 'vacaciones', comentario: 'Aprobado desde el banco de pruebas. '.repeat(16), dias: [1, 2, 3, 4, 5] } },
      trigger: 'manual',
    };
  } else {
    a.channelData.clientContext = { aplicacion: 'Teams', detalle: 'relleno para igualar el tamaño habitual. '.repeat(12) };
  }
  return a;
}
