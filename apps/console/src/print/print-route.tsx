import { getRouteApi } from '@tanstack/react-router';
import { PrintPage } from './print-page.tsx';

const route = getRouteApi('/incidents/$id/print');

/** The printed page of the incident that the address names. */
export function PrintRoute() {
  const { id } = route.useParams();
  return <PrintPage key={id} id={id} />;
}
