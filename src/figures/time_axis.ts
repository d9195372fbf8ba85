/** The x options of a panel over time, from and to ms UTC. */
export function timeAxis(from: number, to: number) {
  return {
    type: "utc" as const,
    domain: [new Date(from), new Date(to)] as const,
    label: "Time (UTC)",
    labelAnchor: "center" as const,
    labelArrow: "none" as const,
  };
}
