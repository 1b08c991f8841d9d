/** Routes of devices. */
import { handle } from '@wangge/kernel';
import * as contract from '../contract/gb.ts';
import { deleteDevice, listDevices, readGbServer, refreshCatalog, saveDevice } from './actions.ts';
import { channelsOf } from './store/channels.ts';
import { findDevice } from './store/devices.ts';

export const gbRoutes = [
  handle(contract.readGbServer, (c) => c.tx(readGbServer)),
  handle(contract.listGbDevices, (c) => c.tx((tx) => listDevices(tx, c.query))),
  handle(contract.saveGbDevice, (c) => saveDevice(c.rt, c.actor, c.params.id, c.body)),
  handle(contract.deleteGbDevice, (c) => deleteDevice(c.rt, c.actor, c.params.id)),
  handle(contract.listGbChannels, (c) =>
    c.tx(async (tx) => {
      await findDevice(tx, c.params.id);
      return { items: await channelsOf(tx, c.params.id) };
    }),
  ),
  handle(contract.refreshGbCatalog, (c) => refreshCatalog(c.rt, c.actor, c.params.id)),
];
