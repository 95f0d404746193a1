/** Sites, forms and inbound hooks. */
export function TrackingSettings() {
  return null;
}
