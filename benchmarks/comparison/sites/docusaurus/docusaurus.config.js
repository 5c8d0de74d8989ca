export default {
  title: "Bread",
  url: "https://bread.example",
  baseUrl: "/",
  onBrokenLinks: "throw",
  onBrokenAnchors: "warn",
  presets: [["classic", { docs: { sidebarPath: false }, blog: { onInlineTags: "warn" } }]],
};
