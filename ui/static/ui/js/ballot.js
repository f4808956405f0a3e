/* A secret ballot in the browser: RFC 9474, RSABSSA-SHA384-PSSZERO-Deterministic.
   First a random token is blinded and signed by the server, which sees neither token nor signature;
   later the token goes into the box, without cookies and without a name. docs/ballots.md tells what
   that promises. Numbers are BigInt; hashes are the browser's own. */
"use strict";

const EXPONENT = 65537n;
const DOMAIN = new TextEncoder().encode("vinhdanh ballot 1\0");

const hex = (bytes) => Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");
const number = (bytes) => BigInt("0x" + hex(bytes));
const bytesOf = (text) => Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16));
const sized = (value, size) => bytesOf(value.toString(16).padStart(2 * size, "0"));
const joined = (...parts) => Uint8Array.from(parts.flatMap((part) => Array.from(part)));
const sha384 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-384", bytes));

function power(base, exponent, modulus) {
  let result = 1n;
  for (let rest = base % modulus, left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * rest) % modulus;
    rest = (rest * rest) % modulus;
  }
  return result;
}

function inverse(value, modulus) {
  let [old, now, first, second] = [value, modulus, 1n, 0n];
  while (now) {
    const times = old / now;
    [old, now, first, second] = [now, old - times * now, second, first - times * second];
  }
  return ((first % modulus) + modulus) % modulus;
}

/* EMSA-PSS-ENCODE with an empty salt (RFC 8017, 9.1.1). */
async function encoded(message, bits) {
  const length = Math.ceil(bits / 8);
  const hashed = await sha384(joined(new Uint8Array(8), await sha384(message)));
  const block = new Uint8Array(length - hashed.length - 1);
  block[block.length - 1] = 1;
  for (let at = 0, round = 0; at < block.length; at += hashed.length, round += 1) {
    const mask = await sha384(joined(hashed, [0, 0, round >> 8, round & 255]));
    for (let n = 0; n < mask.length && at + n < block.length; n += 1) block[at + n] ^= mask[n];
  }
  block[0] &= 255 >> (8 * length - bits);
  return joined(block, hashed, [0xbc]);
}

function randomBelow(modulus, size) {
  for (;;) {
    const value = number(crypto.getRandomValues(new Uint8Array(size)));
    if (value > 0n && value < modulus) return value;
  }
}

class Paper {
  constructor(session, count, modulus) {
    this.count = count;
    this.modulus = BigInt("0x" + modulus);
    this.bits = this.modulus.toString(2).length;
    this.size = Math.ceil(this.bits / 8);
    this.prefix = joined(DOMAIN, bytesOf(session.replaceAll("-", "")), [count >> 8, count & 255]);
  }

  async blind(token) {
    const message = number(await encoded(joined(this.prefix, token), this.bits - 1));
    const factor = randomBelow(this.modulus, this.size);
    const blinded = (message * power(factor, EXPONENT, this.modulus)) % this.modulus;
    return { blinded: blinded.toString(16), inverse: inverse(factor, this.modulus).toString(16) };
  }

  /* The signature of the token itself; null where the server's answer is no signature of it. */
  async unblind(token, signed, unblinding) {
    const value = (BigInt("0x" + signed) * BigInt("0x" + unblinding)) % this.modulus;
    const wanted = number(await encoded(joined(this.prefix, token), this.bits - 1));
    if (power(value, EXPONENT, this.modulus) !== wanted) return null;
    return hex(sized(value, this.size));
  }
}

class Box {
  constructor(root) {
    this.root = root;
    this.key = `ballot:${root.dataset.session}:${root.dataset.voter}`;
    this.codes = [];
    this.papers = Array.from(
      root.querySelectorAll("[data-key]"),
      (one) => new Paper(root.dataset.session, Number(one.dataset.key), one.dataset.modulus),
    );
  }

  get held() { return JSON.parse(localStorage.getItem(this.key) || "{}"); }
  set held(value) { localStorage.setItem(this.key, JSON.stringify(value)); }

  refuse(said) {
    const shown = this.root.querySelector("#ballot-refusal");
    shown.querySelector(".what").textContent = said.what;
    shown.querySelector("p").textContent = [said.why, said.next_step].filter(Boolean).join(" ");
    shown.hidden = false;
    shown.focus();
  }

  /* Post JSON and return the answer; null where it was refused, which is then shown. */
  async post(address, sent, options) {
    this.root.querySelector("#ballot-refusal").hidden = true;
    try {
      const headers = { "Content-Type": "application/json", ...options.headers };
      const answer = await fetch(address, {
        method: "POST", body: JSON.stringify(sent), referrerPolicy: "no-referrer",
        ...options, headers,
      });
      const said = await answer.json();
      if (answer.ok) return said;
      this.refuse(said);
    } catch {
      this.refuse({ what: this.root.dataset.network });
    }
    return null;
  }

  /* Phase one, with the person's name: blank ballots, signed blindly. What is kept before asking
     lets an answer that was lost be asked for again. */
  async take() {
    const held = this.held;
    const blinded = {};
    for (const paper of this.papers) {
      if (!held[paper.count]) {
        const token = crypto.getRandomValues(new Uint8Array(32));
        held[paper.count] = { token: hex(token), ...(await paper.blind(token)) };
      }
      if (!held[paper.count].signature) blinded[paper.count] = held[paper.count].blinded;
    }
    this.held = held;
    const secret = this.root.querySelector("[name=csrfmiddlewaretoken]").value;
    const said = await this.post(this.root.dataset.papers, { blinded }, {
      credentials: "same-origin", headers: { "X-CSRFToken": secret }, referrerPolicy: "same-origin",
    });
    if (!said) return;
    for (const paper of this.papers.filter((one) => said.signed[one.count])) {
      const mine = held[paper.count];
      const signature = await paper.unblind(
        bytesOf(mine.token), said.signed[paper.count], mine.inverse,
      );
      if (!signature) { this.refuse({ what: this.root.dataset.network }); return; }
      held[paper.count] = { token: mine.token, signature };
    }
    this.held = held;
    this.show();
  }

  /* Phase two, without the name: one request for each paper, in an order of chance. */
  async cast(form) {
    const held = this.held;
    const mine = this.papers.filter((paper) => held[paper.count]?.signature);
    const lots = crypto.getRandomValues(new Uint32Array(mine.length));
    const drawn = mine.map((paper, at) => [lots[at], paper]).sort((one, two) => one[0] - two[0]);
    for (const [, paper] of drawn) {
      const items = form.querySelectorAll(`[data-paper="${paper.count}"] [data-item]`);
      const choices = Array.from(items, (row) => row.querySelector("input:checked")?.value || "-");
      const { token, signature } = held[paper.count];
      const sent = { paper: paper.count, token, signature, choices: choices.join("") };
      const said = await this.post(this.root.dataset.box, sent, { credentials: "omit" });
      if (!said) return;
      this.codes.push(said.hash.slice(0, 12));
      held[paper.count] = { done: true };  // the machine forgets which ballot was whose
      this.held = held;
    }
    this.show();
  }

  show() {
    const held = this.held;
    const open = this.papers.filter((paper) => held[paper.count]?.signature);
    const done = this.papers.filter((paper) => held[paper.count]?.done);
    const reveal = (id, visible) => {
      const part = this.root.querySelector(id);
      if (part) part.hidden = !visible;
    };
    const all = open.length === this.papers.length;
    reveal("#ballot-take", !all);
    reveal("#ballot-held", all);
    reveal("#ballot-form", open.length > 0);
    reveal("#ballot-done", done.length > 0 && !open.length);
    for (const paper of this.papers) {
      const part = this.root.querySelector(`[data-paper="${paper.count}"]`);
      if (part) part.hidden = !held[paper.count]?.signature;
    }
    if (this.root.dataset.state === "voting" && !open.length && !done.length) {
      this.refuse({ what: this.root.dataset.lost });
    }
    this.root.querySelector("#codes")?.replaceChildren(...this.codes.map((code) => {
      const line = document.createElement("li");
      line.textContent = code;
      return line;
    }));
  }
}

document.addEventListener("DOMContentLoaded", () => {
  const root = document.getElementById("ballot");
  if (!root) return;
  const box = new Box(root);
  if (!globalThis.crypto?.subtle) { box.refuse({ what: root.dataset.unsafe }); return; }
  box.show();
  const take = root.querySelector("#take");
  take?.addEventListener("click", () => box.take());
  take?.removeAttribute("disabled");
  root.querySelector("#ballot-form")?.addEventListener("submit", (event) => {
    event.preventDefault();
    box.cast(event.target);
  });
});
