// Preloaded into the client's process, which would otherwise listen on every interface.
const net = require('node:net');

const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (...args) {
  const port = args[0];
  if (typeof port === 'number' || /^\d+$/.test(String(port)))
    return listen.call(this, { port: Number(port), host: '127.0.0.1' }, args.find((a) => typeof a === 'function'));
  return listen.apply(this, args);
};
