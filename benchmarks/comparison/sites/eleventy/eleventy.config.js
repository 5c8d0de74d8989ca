export default function (config) {
  config.addPassthroughCopy("images");
}
