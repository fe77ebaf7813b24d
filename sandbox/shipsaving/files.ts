import type { RequestHandler } from 'express';
import { type Answer, send } from '../answer';
import { labelPng } from '../easypost/label';
import { NOT_POSTAGE, pageOf } from '../pdf';
import type { World } from '../world';
import { NOT_FOUND, refusal } from './wire';

type FilePath = { shop: string; day: string; file: string };

/** Serves the labels, without a token: a label's address is all that a printer is given. */
export function labelFile(world: World): RequestHandler<FilePath> {
  return (req, res) => {
    const name = req.params.file.replace(/_0\.(png|pdf)$/, '');
    const label = world.state.savingLabels.of(req.params.shop).find(({ file }) => file.name === name);
    if (label === undefined) send(res, refusal(NOT_FOUND));
    else if (label.file.type === 'pdf') send(res, pdf([label.trackingCode]));
    else send(res, { status: 200, contentType: 'image/png', body: labelPng(label.trackingCode) });
  };
}

/** Serves the forms, as the labels are. */
export function formFile(world: World): RequestHandler<FilePath> {
  return (req, res) => {
    const form = world.state.savingForms.get(req.params.shop, req.params.file.replace(/\.pdf$/, ''));
    if (form === undefined) send(res, refusal(NOT_FOUND));
    else send(res, pdf([`${form.carrier} SCAN FORM`, form.number, `${form.trackingCodes.length} parcels`]));
  };
}

function pdf(lines: readonly string[]): Answer {
  return { status: 200, contentType: 'application/pdf', body: pageOf([NOT_POSTAGE, ...lines]) };
}
