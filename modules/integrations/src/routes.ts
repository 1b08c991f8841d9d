/** Routes of the contract: one line each. */
import { handle, type Handler } from '@wangge/kernel';
import { createClient, listClients, revokeClient } from './actions/clients.ts';
import * as contract from './contract.ts';
import { exportAnswers } from './hotline/export-answers.ts';
import { readTable } from './hotline/read-file.ts';
import { listSources, saveSource } from './hotline/sources.ts';
import { samplesOf, takeFile } from './hotline/take-file.ts';

export const integrationsRoutes: readonly Handler[] = [
  handle(contract.listApiClients, (c) => c.tx((tx) => listClients(tx))),
  handle(contract.createApiClient, (c) => c.tx((tx) => createClient(tx, c.body.name))),
  handle(contract.revokeApiClient, (c) => c.tx((tx) => revokeClient(tx, c.params.id))),
  handle(contract.listHotlineSources, (c) => c.tx(listSources)),
  handle(contract.saveHotlineSource, (c) => c.tx((tx) => saveSource(tx, c.params.id, c.body))),
  handle(contract.readHotlineFile, async (c) => samplesOf(await readTable(c.body.format, c.body.content))),
  handle(contract.previewHotline, (c) => takeFile(c.rt, c.actor, c.params.id, c.body, true)),
  handle(contract.takeHotline, (c) => takeFile(c.rt, c.actor, c.params.id, c.body, false)),
  handle(contract.answerHotline, exportAnswers),
];
