import { describe, expect, it } from "vitest";
import { authProblem } from "./auth";
import { csrfToken } from "./http";
import { asProblem, problemFrom } from "./problem";

const body = {
  type: "/problems/invalid",
  title: "Invalid input",
  status: 400,
  detail: "Some fields are not right.",
  code: "invalid",
  request_id: "r",
  errors: [
    { field: "minutes", code: "max_value", detail: "A day has 24 hours." },
    { field: "day", code: "future", detail: "That day is yet to come." },
  ],
};

describe("a problem", () => {
  it("gives each field its complaint and keeps quiet above", () => {
    const problem = problemFrom(400, body);
    expect(problem.field("minutes")).toBe("A day has 24 hours.");
    expect(problem.field("note")).toBeUndefined();
    expect(problem.general(["minutes", "day", "note"])).toBeUndefined();
  });

  it("says above what stands at no field of the form", () => {
    expect(problemFrom(400, body).general(["minutes"])).toBe("That day is yet to come.");
    expect(problemFrom(409, { detail: "Mo decided first.", code: "already-decided" }).general()).toBe("Mo decided first.");
  });

  it("has a sentence for answers that are no problem+json, and for none at all", () => {
    expect(problemFrom(502, null).message).toMatch(/broke on our side/);
    expect(problemFrom(429, "busy").message).toMatch(/Wait a minute/);
    const offline = asProblem(new TypeError("Failed to fetch"));
    expect(offline.isOffline).toBe(true);
    expect(offline.message).toMatch(/no connection/);
  });

  it("reads what the sign-in API says, at the field where it says so", () => {
    const problem = authProblem(400, {
      errors: [{ message: "The email address and/or password are not correct.", code: "email_password_mismatch", param: "password" }],
    });
    expect(problem.field("password")).toMatch(/not correct/);
    expect(problem.general(["email", "password"])).toBeUndefined();
    expect(authProblem(409, {}).general()).toMatch(/timed out/);
  });
});

it("finds the CSRF token among other cookies", () => {
  expect(csrfToken("theme=x; csrftoken=abc123; other=1")).toBe("abc123");
  expect(csrfToken("xcsrftoken=no")).toBe("");
});
