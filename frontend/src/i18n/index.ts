export { rich } from "./rich";
export { msg, plural, t, tr, type Message } from "./text";
