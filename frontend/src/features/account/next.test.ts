import { CLIENTS, isServers } from "../../api/paths";
import { expect, it } from "vitest";
import { keeping, safeNext } from "./next";

it.each([["/map", "/map"], ["/invitations/abc", "/invitations/abc"], [undefined, "/"], ["", "/"], ["//evil.example", "/"], ["/\\evil.example", "/"], ["https://evil.example", "/"], ["javascript:alert(1)", "/"]])(
  "from %s one goes to %s",
  (next, target) => expect(safeNext(next)).toBe(target),
);

it("knows the server's pages from the client's", () => {
  expect(["/o/authorize/?client_id=x", "/api/docs", "/accounts/google/login/callback/"].every(isServers)).toBe(true);
  expect(["/", "/map", "/open", "/invitations/o/", "/apiary"].some(isServers)).toBe(false);
  expect(["/", "/map", "/open"].every((path) => CLIENTS.test(path))).toBe(true);
  expect(CLIENTS.test("/o/authorize/")).toBe(false);
});

it("keeps where one wanted to go between the account pages", () => {
  expect(keeping("/verify", "/invitations/abc", { email: "a@b.c" })).toBe("/verify?email=a%40b.c&next=%2Finvitations%2Fabc");
  expect(keeping("/sign-up", undefined)).toBe("/sign-up");
});
