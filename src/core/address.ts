/** Whether a host name or address, as in a `Host` header or in the setting `HOST`, can only mean this machine. */
export function isLoopback(host: string): boolean {
  const isBareIPv6 = host.split(":").length > 2 && !host.startsWith("[");
  const address = isBareIPv6 ? `[${host}]` : host;
  if (!URL.canParse(`http://${address}`)) return false;
  const { hostname } = new URL(`http://${address}`);
  return (
    hostname === "localhost" ||
    hostname.endsWith(".localhost") ||
    hostname === "[::1]" ||
    /^127(\.\d+){3}$/.test(hostname)
  );
}
