/* The box to paste a reply into. Recognition is that of mkdocs_smtpcodes/recognition, function by function, on the same rules
   (see there for what each step is for); spans are left out. Nothing is sent or kept. */
(() => {
if (window.smtpLookup) return;
// Recognition by rules, in the order in which they come
const engine = ([[from, to], SENDERS, REASONS, HOSTS, WHOLE, CODES, NOTICES, FIRST, PATTERNS, WEAK,
  [text, sender, reason, tag, codes, telling, coded],
  ANNOUNCING, NAMING, SAYING, KEYS, UNITS, NUMBERING, ENDINGS, ENDS, FIELDS, SPEAKING, OPENED, NEW, DATE, ANSWERS,
  DAYS, MONTHS, STATUS, ADDRESSED, TYPICAL, COPIES, HEADER, HEX, LINE, QMAIL, HOST, ANGLES, TOKEN, FLAT, SEWN, NUMBER,
  NEVER, MAIL, NOTHING, WITHIN, ESCAPES, INLINE, CHARSET, ESCAPED]) => {
const table = {};
for (let at = 0; at < from.length; at++) table[from[at]] = to[at];
const listed = each => each ? each.split(" ").map(code => code.split(",")) : [];
const ROWS = text.split("_").map((literal, at) => [sender[at], 0, REASONS[reason.charCodeAt(at) - 65], literal, tag[at], listed(codes[at]), telling[at] - 2, +coded[at]]);
const cut = (text, mark) => { const at = text.indexOf(mark); return at < 0 ? [text, "", ""] : [text.slice(0, at), mark, text.slice(at + mark.length)]; };
const tail = (text, mark) => text.split(mark).pop();
const trim = (text, set = " ") => trimEnd(text.slice(skip(text, 0, set)), set);
const trimEnd = (text, set) => { let end = text.length; while (end && set.includes(text[end - 1])) end--; return text.slice(0, end); };
const opens = (pattern, text) => new RegExp("^" + pattern).exec(text);
const every = pattern => new RegExp(pattern, "g");
const count = (text, mark) => text.split(mark).length - 1;

// folding
const fold = text => {
  let out = " ";
  for (const letter of text.split("")) out += table[letter] ?? letter;
  return (out + " ").replace(/ +/g, " ");
};
const lower = text => text.replace(/[A-Z]+/g, run => run.toLowerCase());
const oneLine = text => trim(text.replace(/[ \t\r\n]+/g, " "));
const letter = c => /^[A-Za-z0-9]$/.test(c);
const isHost = token => {
  const found = opens(HOST, token);
  if (!found || found[0].length < trimEnd(token, ".:!?/").length) return false;
  const labels = found[0].split("."), last = labels[labels.length - 1];
  if (!/^[A-Za-z]*$/.test(last)) return false;
  if (labels.length === 2) return ENDINGS.includes(last.toLowerCase()) || (last.length === 2 && !/^[A-Z]/.test(last));
  return last.length > 1;
};
const prose = text => text.replace(every(ANGLES), part => part.includes("@") ? " address " : " ")
  .replace(every(TOKEN), token => token.includes("://") || /^(www|WWW)\./.test(token) || isHost(token) ? " " : token.includes("@") ? " address " : token);

// unescaping
const character = n => n === 10 ? "\n" : n < 32 || n > 0xffff || (n >= 0xd800 && n < 0xe000) ? " " : String.fromCharCode(n);
const bytes = pairs => Uint8Array.from(pairs.match(/../g) || [], pair => parseInt(pair, 16));
const decode = (data, charset) => {
  if (!opens(CHARSET, charset)) charset = "";
  for (const name of charset.slice(4, 8) === "2022" ? [charset, "utf-8"] : ["utf-8", charset])
    if (name) try { return new TextDecoder(name, { fatal: true, ignoreBOM: true }).decode(data); } catch (_) { /* the next */ }
  return new TextDecoder("windows-1252").decode(data);
};
const plain = mark => {
  if (mark in ESCAPED) return ESCAPED[mark];
  const first = mark[0];
  if (first === "<") return opens(INLINE, mark) ? "" : "\n";
  if (first === "&") return character("xX".includes(mark[2]) ? parseInt(mark.slice(3, -1), 16) : +mark.slice(2, -1));
  if (first === "\\") return mark[1] === "u" ? character(parseInt(mark.slice(2), 16)) : mark[1];
  if (first === "=") return mark.endsWith("\n") ? "" : decode(bytes(mark.replace(/=/g, "")), "");
  return " ";
};
const unescaped = given => { const text = given.replace(every(ESCAPES), plain); return new RegExp(QMAIL).test(text) ? text.replace(/_/g, " ") : text; };

// zones
const headersAt = (text, at) => {
  const fields = {};
  let name = "", lines = 0;
  for (; lines < 2000 && at < text.length; lines++) {
    let end = text.indexOf("\n", at);
    if (end < 0) end = text.length;
    const line = trimEnd(text.slice(at, end), "\r");
    if (!trim(line, " \t")) return [fields, Math.min(end + 1, text.length)];
    if (" \t".includes(line[0])) fields[name] = ((fields[name] || "") + line).slice(0, 1000);
    else if (opens(HEADER, line)) {
      const colon = line.indexOf(":");
      name = trim(fold(line.slice(0, colon))).replace(/ /g, "-");
      fields[name] = trim(lower(line.slice(colon + 1).slice(0, 500)), " \t");
    } else if (!line.startsWith("From ")) return [fields, at];
    at = end + 1;
  }
  return [fields, Math.min(at, text.length)];
};
const delimiter = (text, at) => {
  for (at = text.indexOf("\n--", at); at >= 0; at = text.indexOf("\n--", at + 1)) {
    const end = text.indexOf("\n", at + 1);
    if (end < 0) return -1;
    if ("Cc".includes(text.slice(end + 1, end + 2)) && fold(text.slice(end + 1, end + 9)) === " content ") return at;
  }
  return -1;
};
const encoder = new TextEncoder();
const base64 = text => {
  const letters = cut(text, "=")[0].replace(/[^A-Za-z0-9+/]/g, ""), over = letters.length % 4;
  return Uint8Array.from(atob(over === 1 ? letters.slice(0, -1) : letters), c => c.charCodeAt(0));
};
const quoted = text => {
  const out = [];
  let end = 0;
  const add = part => { for (const byte of part) out.push(byte); };
  for (const found of text.matchAll(every(HEX))) {
    add(encoder.encode(text.slice(end, found.index)));
    add(bytes(found[1] || ""));
    end = found.index + found[0].length;
  }
  add(encoder.encode(text.slice(end)));
  return Uint8Array.from(out);
};
const zones = text => {
  const found = [[], [], []];
  const add = (part, headers) => {
    const kind = headers["content-type"] || "", coding = headers["content-transfer-encoding"] || "";
    if (coding === "base64" || coding === "quoted-printable") {
      const at = kind.indexOf("charset=");
      part = decode((coding === "base64" ? base64 : quoted)(part.slice(0, 300000)), at < 0 ? "" : trim(kind.slice(at + 8).split(";")[0], " \t\"'"));
    }
    part = unescaped(part);
    if (new RegExp(FLAT).test(part)) part = part.replace(every(SEWN), "\n");
    for (const line of part.matchAll(every(LINE))) {
      const folded = fold(line[0]);
      if (count(folded, " ") < 16 && new RegExp(COPIES).test(folded)) { part = part.slice(0, line.index); break; }
    }
    found[kind.includes("delivery-status") ? 0 : kind.startsWith("text/html") ? 2 : 1].push(part);
  };
  const start = skip(text, 0, " \t\r\n");
  let [headers, body] = headersAt(text, start);
  if (TYPICAL.filter(name => name in headers).length < 3) { headers = {}; body = start; }
  let at = delimiter(text, Math.max(body - 1, 0));
  add(text.slice(body, at < 0 ? text.length : at), headers);
  while (at >= 0) {
    let end = text.indexOf("\n", at + 1);
    const mark = trimEnd(text.slice(at, end), " \t\r");
    [headers, body] = headersAt(text, end + 1);
    const kind = headers["content-type"] ?? "text/plain";
    if (kind.startsWith("multipart/")) { at = delimiter(text, body - 1); continue; }
    end = text.indexOf(mark, body - 1);
    if (kind.includes("delivery-status") || (kind.startsWith("text/") && !kind.startsWith("text/rfc822"))) add(text.slice(body, end < 0 ? text.length : end), headers);
    at = end < 0 ? -1 : delimiter(text, end);
  }
  return [...found[0], ...found[1], ...found[2].map(part => ({ html: part }))];
};

// candidates
const skip = (text, at, set, most = 1e6) => { const stop = at + most; while (at < stop && set.includes(text[at])) at++; return at; };
const isBasic = number => /^[2-5]\d\d$/.test(number);
const isEnhanced = number => /^[245](\.(0|[1-9]\d?\d?)){2}$/.test(number);
const wordBefore = head => /[A-Za-z0-9]*$/.exec(head)[0];
const apart = (text, start, end) => {
  let before = text[start - 1];
  const after = text[end];
  if (before === "-") { before = text[start - 2]; return (before === "-" || before === ">") && !letter(after); }
  return !(before && (letter(before) || "./\\@%$+~_&?".includes(before))) && !(after && (letter(after) || "_@%\\".includes(after)));
};
const wordsFollow = (text, end) => {
  if (text[end] === "-") return true;
  const at = skip(text, end, " -:,;", 6);
  return at > end && at < text.length && !"\n)]}0123456789|/=".includes(text[at]);
};
const lead = (text, start) => {
  const from = Math.max(0, start - 40), line = text.lastIndexOf("\n", start - 1);
  const at = start > 0 && line >= from ? line + 1 : from;
  const uncut = at === 0 || text[at - 1] === "\n", raw = text.slice(at, start), head = trimEnd(lower(raw), " >'\"([{<*#"), opened = raw.slice(head.length);
  if (head === "" && uncut) return [opened.includes("<<") ? 3 : 2, head];
  if (ANNOUNCING.some(mark => head.endsWith(mark)) || opened.includes("<<") || (head.endsWith("-") && opened[0] === ">")) return [3, head];
  const last = head.slice(-1);
  if (last === "=") return [KEYS.includes(wordBefore(head.slice(0, -1))) ? 2 : 0, head];
  if (last === ":") return [opened === "" && /[0-9\]]:$/.test(head) ? 0 : 2, head];
  if (";|])}".includes(last) || opened.includes(">") || last === ",") return [2, head];
  if (opened[0] === "[" && letter(last)) return [0, head];
  const word = wordBefore(head);
  if (NAMING.includes(word) || SAYING.includes(word) || tail(head, " ").includes("@")) return [1, head];
  return [trim(opened, " #*") || last > "\u2e80" ? 1 : 0, head];
};
const made = (start, end, basic, enhanced, ahead, shape) => {
  const failing = "45".includes((basic || enhanced)[0]), strong = basic !== "" && shape > 1 && ahead + shape > 3;
  return { start, end, basic, enhanced, lead: ahead, shape, failing, strong };
};
const counts = (text, end) => UNITS.includes(fold(text.slice(end, end + 14)).slice(1).split(" ")[0]);
const basicAt = (text, number, start, end) => {
  const [ahead, head] = lead(text, start), at = skip(text, end, " -:#(;,[<b'\"", 5);
  const second = opens(NUMBER, text.slice(at, at + 80));
  if (second && at > end && isEnhanced(second[0]) && !letter(text[at + second[0].length]) && (ahead || !counts(text, at + second[0].length))) return made(start, at + second[0].length, number, second[0], ahead, 3);
  if (opens(NEVER, ahead + number + fold(head))) return null;
  const value = head.endsWith('":') && ",}\"".includes(text[end]);
  if (value && !new RegExp(MAIL).test(lower(text.slice(Math.max(0, start - 200), end + 200)))) return null;
  if (!value && wordsFollow(text, end)) return ahead === 0 || (counts(text, end) && ahead < 3 && head !== "") ? null : made(start, end, number, "", ahead, 2);
  const fielded = ahead === 2 && /(^|=)$/.test(head);
  return ahead === 3 || value || fielded || (text[start - 1] === "(" && text[end] === ")") || (ahead && NAMING.includes(wordBefore(trimEnd(head, ": ")))) ? made(start, end, number, "", ahead, 1) : null;
};
const enhancedAt = (text, number, start, end) => {
  const [ahead, head] = lead(text, start);
  if (ahead === 0 && text[start - 1] !== "#" || (ahead < 2 && counts(text, end))) return null;
  if (+number.split(".")[1] > 7 || new RegExp(NUMBERING).test(fold(head)) || text[end] === "/") return null;
  return made(start, end, "", number, ahead, wordsFollow(text, end) ? 2 : 1);
};
const candidates = text => {
  const found = [];
  let taken = 0, looked = 0;
  for (const match of text.matchAll(every(NUMBER))) {
    const number = match[0], start = match.index, end = start + number.length;
    if (start < taken || !(isBasic(number) || isEnhanced(number)) || !apart(text, start, end)) continue;
    looked++;
    const candidate = (number.length === 3 ? basicAt : enhancedAt)(text, number, start, end);
    if (candidate) { found.push(candidate); taken = candidate.end; }
    if (found.length === 400 || looked === 20000) break;
  }
  return found;
};

// reading
const dated = head => {
  head = head.slice(skip(head, 0, " [<"));
  if (DAYS.includes(head.slice(0, 3))) head = head.slice(skip(head, 3, " ,"));
  if (MONTHS.includes(head.slice(0, 3)) && head[3] === " ") return /^ ?\d+ ?$/.test(head.slice(4, 6));
  return opens(DATE, head);
};
const begins = head => {
  if (opens(NEW, head)) return true;
  const [name, colon] = cut(head, ":");
  if (colon && (FIELDS.includes(name) || (name.includes("-") && /^[A-Za-z0-9-]*$/.test(name)))) return true;
  return head[0] === "<" && head.includes("@") && head.includes(">:");
};
const nextLine = (text, at, code, more) => {
  const begin = at + 1;
  at = skip(text, begin, " ><", 12);
  if (at >= text.length || text[at] === "\n") return -1;
  for (const prefix of SPEAKING) {
    const stop = at + prefix.length + 3;
    if (code.basic && text.startsWith(prefix + code.basic, at) && " -\n".includes(text[stop])) return more ? stop - 3 : -1;
  }
  const head = lower(text.slice(at, at + 40));
  return text.startsWith("<<", begin) || begins(head) || dated(head) ? -1 : at;
};
const repeats = (text, at, code, fresh, several) => {
  const basic = code.basic, before = text[at - 2], after = text[at + 3];
  if (!basic || !" -".includes(after) || !text.startsWith(basic, at) || !(fresh || text[at - 1] === " ")) return false;
  if (fresh) return true;
  if (code.enhanced) return before !== ":" && before !== ">" && text.startsWith(code.enhanced, at + 4);
  return text[code.start + 3] === "-" && !several && (after === "-" || before !== ":");
};
const OPENING = { ")": "(", "]": "[", "}": "{", ">": "<" };
const leftOver = (last, words) => " ,*`".includes(last) || ("'\"".includes(last) ? count(words, last) % 2 === 1 : last in OPENING && count(words, OPENING[last]) < count(words, last));
const closing = (text, quote) => {
  for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) {
    const following = text[at + 1];
    if (!following || ",;)]}>".includes(following) || (" .:".includes(following) && text.indexOf(quote, at + 1) < 0)) return at;
  }
  return text.length;
};
const spoken = (text, code) => {
  let letters = "", at = code.end, lines = 1, more = text[code.start + 3] === "-", fresh = false;
  const places = [], stop = Math.min(text.length, code.end + 3200);
  const line = text.lastIndexOf("\n", code.start - 1), dating = line >= code.start - 600 ? line + 1 : 0, log = dated(lower(text.slice(dating, dating + 24)));
  while (at < stop && letters.length < 1600) {
    const c = text[at];
    if (c === "\n") {
      lines++;
      const following = lines > 24 || (log && !more) ? -1 : nextLine(text, at, code, more);
      if (following < 0) break;
      at = following;
      fresh = true;
      if (letters && !letters.endsWith(" ")) { letters += " "; places.push(at - 1); }
      continue;
    }
    if (repeats(text, at, code, fresh, lines > 1)) {
      more = text[at + 3] === "-";
      at = skip(text, at + 3, " -", 2);
      if (code.enhanced && text.startsWith(code.enhanced, at)) at += code.enhanced.length;
    } else {
      if (c !== " " || (letters && !letters.endsWith(" "))) { letters += c; places.push(at); }
      at++;
    }
    fresh = false;
  }
  const folded = lower(letters), quote = text[code.start - 1];
  let end = at, stopAt = letters.length;
  for (const literal of ENDS) { const found = folded.indexOf(literal); if (found >= 0 && found < stopAt) stopAt = found; }
  if (quote && "'\"".includes(quote)) stopAt = Math.min(stopAt, closing(letters, quote));
  if (stopAt < places.length) end = places[stopAt];
  let begin = skip(letters, 0, " -:;,)]>");
  if (["b'", 'b"'].includes(letters.slice(begin, begin + 2))) begin += 2;
  let words = begin < stopAt ? letters.slice(begin, stopAt) : "", last = words.length, enhanced = "";
  while (last && leftOver(words[last - 1], words.slice(0, last))) last--;
  words = words.slice(0, last);
  if (!code.enhanced) {
    outer: for (const opening of OPENED)
      for (let from = words.indexOf(opening); from >= 0; from = words.indexOf(opening, from + 1)) {
        const first = from + opening.length, number = /^[0-9.]*/.exec(words.slice(first))[0];
        if (isEnhanced(number) && number[0] === code.basic[0]) {
          let left = from, right = first + number.length;
          while (left && "([ -".includes(words[left - 1])) left--;
          while (right < words.length && ")]".includes(words[right])) right++;
          enhanced = number;
          words = words.slice(0, left) + words.slice(right);
          break outer;
        }
      }
  }
  return { words, enhanced, end };
};

// choosing
const rank = reply => { const code = reply.code, group = 2 * code.failing + code.strong; return group * 100 + (code.lead > 2 ? 10 : 0) + (group === 2 ? code.shape : 0); };
const replies = text => {
  const found = [];
  let end = -1;
  for (const code of candidates(text)) {
    const outer = found.length ? found[found.length - 1].code : code;
    if (code.start < end && (outer.strong || !code.strong)) {
      const inner = code.shape > 2 && code.basic > "5" && /^[2-4]/.test(outer.basic) || code.strong && code.lead > 1 && (code.failing || !outer.failing) && (code.lead === 3 || code.basic !== outer.basic || !["", outer.enhanced].includes(code.enhanced));
      if (!inner) continue;
      const folded = fold(found[found.length - 1].said.words);
      if (WHOLE.some(word => folded.includes(word))) continue;
      found.pop();
    }
    const said = spoken(text, code);
    end = Math.max(said.end, code.end);
    found.push({ code, said });
  }
  return found;
};
const best = text => {
  const found = replies(text), top = found.reduce((most, reply) => !most || rank(reply) > rank(most) ? reply : most, null);
  if (!top || top.code.enhanced || top.said.enhanced || !top.code.basic) return top;
  const words = fold(top.said.words);
  return words !== " " && found.find(({ code, said }) => code.enhanced && code.basic === top.code.basic && fold(said.words).includes(words)) || top;
};

// rules
const agree = (rules, basic, enhanced) => {
  let most = -1;
  for (const [first, digit, subject, low, high = low] of rules) {
    let known = !first ? 2 : basic ? 2 * basic.startsWith(first) : first[1] || !enhanced ? 1 : 2 * (enhanced[0] === first);
    if (known && subject) {
      const detail = +enhanced.slice(subject.length + 1);
      if (!enhanced) known = 1;
      else if ((digit && enhanced[0] !== digit) || !enhanced.startsWith(subject, 1) || detail < low || detail > high) known = 0;
    }
    most = Math.max(most, known);
  }
  return most < 0 ? 3 : most;
};
const cache = {};
const choices = literal => {
  const word = /[^ ~^]*\|[^ ~^]*/.exec(literal);
  return word ? word[0].split("|").flatMap(each => choices(literal.replace(word, each))) : [literal.split(/([~^])/)];
};
const occurs = (literal, text) => (cache[literal] ||= choices(literal)).some(pieces => {
  for (let at = text.indexOf(pieces[0]); at >= 0; at = text.indexOf(pieces[0], at + 1)) {
    let end = at + pieces[0].length, number = 1;
    for (; number < pieces.length; number += 2) {
      const piece = pieces[number + 1], begin = text[end - 1] === " " && piece[0] === " " ? end - 1 : end;
      end = text.indexOf(piece, begin);
      if (end < 0 || end > begin + (pieces[number] === "~" ? 40 : 200)) break;
      end += piece.length;
    }
    if (number >= pieces.length) return true;
  }
});

// evidence
const hosts = (text, leads) => {
  const found = [];
  for (const match of text.matchAll(/[A-Za-z0-9._@:/-]+/g)) {
    let token = trim(match[0], ".:-/");
    if (token.includes("://")) token = cut(cut(token, "://")[2], "/")[0];
    token = cut(token, ":")[0];
    if (match[0].includes("@") || !isHost(token)) continue;
    const before = fold(text.slice(Math.max(0, match.index - 24), match.index));
    if (!leads.length || leads.some(mark => before.endsWith(mark))) found.push(token);
  }
  return found;
};
const service = host => {
  const name = "." + trim(fold(host)).replace(/ /g, ".");
  let top = -1, length = 0;
  SENDERS.forEach((sender, number) => { for (const domain of sender[2]) if (domain.length > length && sender[1] && name.endsWith("." + domain)) { top = number; length = domain.length; } });
  return top;
};
const speakers = (words, before, remote) => {
  const folded = fold(words), marked = SENDERS.flatMap((sender, number) => sender[3].some(mark => occurs(mark, folded)) ? [number] : []);
  if (marked.length) return marked;
  for (const host of hosts(words, [])) if (service(host) >= 0) return [service(host)];
  return (remote ? [remote] : hosts(before.slice(-400), HOSTS).slice(-1)).map(service).filter(number => number >= 0);
};
const reporter = (before, reporting) => { const found = reporting ? [reporting] : hosts(before.slice(-400), [" generating server "]).slice(-1); return found.length ? service(found[0]) : -1; };
const related = (a, b) => a[2].some(one => b[2].some(other => ("." + one).endsWith("." + other) || ("." + other).endsWith("." + one)));

// matching
const own = enhanced => tail(enhanced, ".") > 99;
const another = (number, shown) => SENDERS[number][1] && shown.some(other => SENDERS[other][1] && !related(SENDERS[number], SENDERS[other]));
const tells = (row, agreed, length, basic, enhanced) => {
  if (row[6] === 2 && agreed > 0) return true;
  if (agreed === 2 && own(enhanced) && row[5].some(code => code[2])) return true;
  return row[6] === 1 && (agreed === 2 || (agreed === 3 && !(basic && enhanced))) && 10 * row[3].length > 6 * length;
};
const rowOf = (folded, length, basic, enhanced, shown, wrote) => {
  let top = null, most = -1e9;
  const served = shown.some(number => SENDERS[number][1]);
  for (const row of ROWS) {
    const tagged = row[4] !== "" && folded.includes(row[4]);
    if (!tagged && !(row[3] && occurs(row[3], folded))) continue;
    const spoke = shown.includes(row[0]), agreed = agree(row[5], basic, enhanced), weight = tagged ? row[4].length + 24 : row[3].length;
    if ((agreed === 0 && weight < 24) || (row[7] && agreed < 2) || (!spoke && another(row[0], shown))) continue;
    const told = tagged || tells(row, agreed, length, basic, enhanced), author = row[0] === wrote && row[6] !== 0 && agreed > 0;
    const value = 1e4 * (spoke || ((author || told) && served <= SENDERS[row[0]][1])) + weight + author + 20 * spoke + [-12, 0, 8, 0][agreed];
    if (value > most) { top = row; most = value; }
  }
  return [top, most > 9e3];
};
const recorded = row => ({ reason: row[2], certainty: "known", sender: SENDERS[row[0]][0], at: ROWS.indexOf(row) });
const codedRow = (basic, enhanced, shown) => {
  let found = null;
  if (enhanced) for (const row of ROWS) {
    if (row[3] || row[4] || agree(row[5], basic, enhanced) !== 2) continue;
    if (shown.includes(row[0])) return row;
    if (own(enhanced) && !found && !another(row[0], shown)) found = row;
  }
  return found;
};
const pattern = (patterns, said, everything, basic, enhanced) => {
  for (const [reason, literals, absent, codes, everywhere] of patterns) {
    if (codes && agree(listed(codes), basic, enhanced) !== 2) continue;
    const text = everywhere ? everything : said;
    const some = list => list.split("_").some(literal => occurs(literal, text));
    if (some(literals) && !some(absent)) return REASONS[reason];
  }
  return "";
};
const match = (words, basic, enhanced, shown, wrote = -1) => {
  const everything = fold(words), said = fold(prose(words)), sender = shown.length ? SENDERS[shown[0]][0] : "";
  const text = reason => ({ reason, certainty: "text", sender });
  let reason = pattern(FIRST, said, everything, basic, enhanced);
  if (reason) return text(reason);
  const [row, known] = rowOf(everything, said.length, basic, enhanced, shown, wrote);
  if (row && known) return recorded(row);
  if (row && row[6] === 2) return text(row[2]);
  const digit = (basic || enhanced)[0];
  if ("23".includes(digit)) return { reason: CODES[basic] ?? CODES[digit] ?? "", certainty: "code", sender };
  const coded = codedRow(basic, enhanced, shown);
  if (coded && own(enhanced)) return recorded(coded);
  reason = pattern(PATTERNS, said, everything, basic, enhanced);
  if (reason) return text(reason);
  if (row && agree(row[5], basic, enhanced) > 1) return text(row[2]);
  if (coded) return recorded(coded);
  for (const key of [`${basic} ${enhanced}`, enhanced, "X" + enhanced.slice(1), basic]) if (key in CODES) return { reason: CODES[key], certainty: "code", sender };
  reason = pattern(WEAK, said, everything, basic, enhanced);
  return reason ? text(reason) : { reason: "", certainty: digit ? "code" : "", sender };
};

// concluding
const wordsBefore = (text, code) => {
  let piece = tail(text.slice(Math.max(0, code.start - 500), code.start), "\n\n");
  for (const literal of ANSWERS) piece = tail(piece, literal);
  return trimEnd(oneLine(piece), "([#<- \"'");
};
const wordsOfLog = (text, code) => {
  const end = text.indexOf("\n", code.end), line = text.slice(code.end, end < 0 ? text.length : end).slice(0, 1600), folded = lower(line);
  let at = folded.indexOf(" stat=");
  if (at >= 0) return trim(line.slice(at + 1), " \n");
  at = folded.indexOf(" status=");
  const opening = at < 0 ? -1 : line.indexOf("(", at);
  if (at < 0 || opening <= at) return "";
  const close = line.lastIndexOf(")");
  return trim(line.slice(opening + 1, close > opening ? close : line.length), " \n");
};
const told = (basic, enhanced, text, result) => ({ ...result, code: trim(`${basic} ${enhanced}`), text, basic, enhanced });
const byReply = (text, { code, said }, group = {}) => {
  const enhanced = code.enhanced || said.enhanced;
  let words = said.words;
  if (code.basic === "" && text[code.start - 1] === "=") words = wordsOfLog(text, code) || words;
  else if (NOTHING.includes(fold(words))) words = wordsBefore(text, code) || words;
  const before = text.slice(Math.max(0, code.start - 400), code.start);
  let result = match(words, code.basic, enhanced, speakers(words, before, group.remote), reporter(before, group.reporting));
  if (result.certainty === "code" && code.failing) {
    const around = match(before + text.slice(code.start, code.shape > 1 ? said.end : code.end + 400), "", "", []);
    if (around.certainty === "known" && NOTHING.includes(fold(said.words))) result = around;
    else if (!result.reason && around.certainty === "text") result = { ...result, reason: around.reason, certainty: "text" };
  }
  const explanation = told(code.basic, enhanced, words.replace(/^stat=/, ""), result);
  const state = / status (bounced|expired|deferred) /.exec(fold(tail(before, "\n")));
  if (state) explanation.action = state[1][0] === "d" ? "delayed" : "failed";
  return explanation;
};
const withoutCode = text => {
  const whole = oneLine(text.slice(0, 2400)), said = [];
  for (const [, code, words] of text.slice(0, 2400).matchAll(every(WITHIN))) {
    const result = match(words.slice(0, 40), code, "", []);
    if (!/code|policy/.test(result.certainty + result.reason) && !counts(words, 0)) return told(code, "", words, result);
  }
  for (const line of text.slice(0, 6000).split("\n").slice(0, 60)) {
    const at = line.indexOf(" rejected "), colon = at < 0 ? line.slice(0, -1).lastIndexOf(": ") : line.indexOf(": ", at);
    const words = oneLine(line.slice(at >= 0 && at < colon ? colon + 2 : 0)).slice(0, 600);
    if (words) said.push([words, match(words, "", "", speakers(words, "", ""))]);
  }
  for (const [line, result] of said) if (result.certainty === "known") return told("", "", line, result);
  const result = match(whole, "", "", speakers(whole, "", ""));
  const line = said.find(([, each]) => each.reason === result.reason);
  return told("", "", line ? line[0] : whole.slice(0, 600), result);
};

// status
const groups = text => {
  const found = [], stop = Math.min(text.length, 200000);
  let group = {}, name = "", begin = 0, end = 0;
  const set = () => {
    const span = [begin, Math.min(end, begin + 4000)], value = trim(text.slice(...span), " \n");
    if (name === "status") group.status = span;
    else if (name === "diagnostic-code") group.diagnostic = span;
    else if (name === "action") group.action = lower(value).split(" ")[0];
    else if (name.endsWith("-mta")) group[name === "remote-mta" ? "remote" : "reporting"] = trim(cut(tail(value, ";"), "(")[0], " \n");
    else if (name === "final-recipient" || !group.recipient) group.recipient = trim(tail(value, ";"), " <>");
  };
  const full = () => group.status || group.diagnostic;
  for (let at = 0; at <= stop && found.length < 50;) {
    let lineEnd = text.indexOf("\n", at);
    if (lineEnd < 0) lineEnd = text.length;
    const start = skip(text, at, " >|", 8), indented = text[at] === " ";
    const goesOn = name !== "" && start < lineEnd && (indented || /^\d{3}[ -]/.test(text.slice(start, start + 4)));
    const head = lower(text.slice(start, start + 19)), field = indented && name ? "" : STATUS.find(each => head.startsWith(each + ":")) || "";
    if (goesOn && !field) end = lineEnd;
    else {
      if (name) set();
      const again = (field === "final-recipient" && group.recipient) || (field === "status" && group.status);
      if ((start >= lineEnd || again) && full()) { found.push(group); group = { reporting: group.reporting }; }
      name = field;
      begin = skip(text, start + field.length + 1, " ", 8);
      end = lineEnd;
    }
    at = lineEnd + 1;
  }
  if (name) set();
  if (full()) found.push(group);
  return found;
};
const byGroup = (text, group, reply) => {
  const part = group.diagnostic ? text.slice(...group.diagnostic) : "", inner = best(part);
  let explanation;
  if (inner && inner.code.basic && inner.code.shape > 1) explanation = byReply(part, inner, group);
  else if (reply && reply.code.strong && reply.code.failing) explanation = byReply(reply.text, reply, group);
  else if (inner) explanation = byReply(part, inner, group);
  else {
    const found = group.status ? best(text.slice(...group.status)) : null, value = oneLine(part), [kind, semicolon, rest] = cut(value, ";");
    const words = semicolon && kind.length < 24 ? trim(rest) : value, enhanced = found ? found.code.enhanced : "";
    explanation = told("", enhanced, words, match(words, "", enhanced, speakers(words, "", group.remote), reporter("", group.reporting)));
  }
  return { ...explanation, action: group.action, recipient: group.recipient };
};

const sections = text => {
  const found = [];
  for (const match of text.slice(0, 200000).matchAll(every(ADDRESSED))) if (found.length < 50 && !found.some(other => other[1] === match[1])) found.push(match);
  return found.map((match, at) => [match[1], text.slice(match.index + match[0].length, found[at + 1]?.index)]);
};

const recognise = given => {
  let text = given.slice(0, 1000000);
  if (!text.includes("\n") && text.includes("\\n")) text = unescaped(text);
  const read = zones(text), texts = read.map(zone => zone.html ?? zone), all = seek(read, texts), folded = fold(texts.join(" ").slice(0, 20000)), state = Object.keys(NOTICES).find(each => NOTICES[each].some(literal => occurs(literal, folded))) || "";
  for (const found of all) {
    found.action ||= state;
    if (found.action === "delayed") {
      if (found.reason === "expired") { found.reason = ""; found.certainty = found.code && "code"; }
      found.certainty ||= "text";
    }
  }
  const last = ({ code }) => "54".indexOf(code[0] || 2) & 3;
  return all.sort((a, b) => last(a) - last(b));
};
const seek = (read, texts) => {
  const tell = () => {
    let top;
    texts.forEach((text, number) => {
      const reply = (!top?.code.strong || read[number].html === undefined) && best(text);
      if (reply && (!top || rank(reply) > rank(top))) top = { ...reply, text };
    });
    return top;
  };
  for (const part of texts) {
    const found = groups(part);
    if (found.length) {
      const reply = found[1] ? null : tell();
      return found.map(group => byGroup(part, group, reply));
    }
  }
  for (const part of texts) {
    const named = sections(part), all = named[1] ? named.map(([recipient, said]) => { const reply = best(said); return { ...reply ? byReply(said, reply) : withoutCode(said), recipient }; }).filter(each => each.code || each.reason) : [];
    if (all[1]) return all;
  }
  const reply = tell();
  if (reply) return [byReply(reply.text, reply)];
  const said = texts.map(withoutCode);
  return [said.find(each => each.reason) || said[0]];
};

return [recognise, fold];
};

// the box
let RULES, recognition;
const use = rules => RULES === rules ? recognition : recognition = engine(RULES = rules);
const put = (tag, ...parts) => { const element = document.createElement(tag); element.append(...parts); return element; };
const classed = (className, ...parts) => { const element = put(...parts); element.className = className; return element; };
const linked = (href, part) => { if (!href) return part; const to = put("a", part); to.href = href; return to; };
const prosed = text => text.split("`").map((part, number) => number % 2 ? put("code", part) : part);
window.smtpLookup = (lang, rules, reasons, names, sent, told, own, senders, classes, finals, acts, [isFinal, whoActs, whatNext, recipients, more, delayed, over, again], label, places) => {
  const base = document.currentScript.src, gone = reasons.expired, entries = {};
  for (const place in places) for (const code of places[place].split("_")) entries[code] = place.replace(/\*/g, code.replace(/\W/g, "-"));
  // Whether the sending server has given up, and the class that this is; what it has put off is refused for now.
  const state = ({ code, reason, action }) => {
    const digit = Math.min(code[0] || 0, action === "delayed" ? 4 : 5), late = reason === "expired" || (digit === 4 ? action === "failed" : digit === 5 && reasons[reason]?.[8]);
    return [late, late ? 5 : digit];
  };
  const tagged = (href, code) => { const link = linked(href, code), tag = classed("smtp-tag", "b", link); if (href) link.className = "smtp-link"; return tag; };
  const badge = found => {
    const [late, digit] = state(found), name = late ? over : classes[digit], sign = classed("smtp-badge", "span", name);
    sign.dataset.class = digit;
    return name ? sign : "";
  };
  const show = (box, value) => {
    const answer = box.querySelector(".smtp-answer"), { dataset } = answer;
    answer.replaceChildren();
    answer.hidden = !value.trim();
    const [recognise, fold] = use(rules), all = recognise(value), [found] = all, { code, reason, certainty, sender, basic, enhanced } = found, detail = enhanced.slice(1);
    const why = reasons[reason], [late, digit] = state(found), waits = found.action === "delayed" && !fold(value).includes(" status deferred "), final = finals[digit] || {};
    Object.assign(dataset, { code, reason, certainty, sender, class: digit });
    const add = (tag, text) => { if (text) answer.append(put(tag, ...prosed(text))); };
    const line = (question, said) => { if (said) answer.append(classed("smtp-line", "p", put("b", question), " ", put("span", ...prosed(said)))); };
    const title = (href, name) => answer.append(put("p", put("strong", linked(href, name))));
    if (all[1]) answer.append(put("p", put("b", recipients.replace("{number}", all.length))), put("ul", ...all.map(each => put("li", put("code", each.recipient), " ", tagged("", each.code), " ", badge(each), " ", reasons[each.reason]?.[0] || ""))));
    const of = known => known[code] ?? known[enhanced] ?? known[detail] ?? known[basic], entry = of(entries), href = entry && new URL(entry, base);
    answer.append(put("p", code ? tagged(href, code) : "", " ", badge(found)));
    const answers = (final, acting, next) => {
      if (waits) { final = finals[4].later; acting = "sending-server"; next = delayed; }
      line(isFinal, final);
      line(whoActs, acts[acting]);
      line(whatNext, next);
    };
    if (!why) {
      const name = of(names);
      if (name) title(href, name);
      if (late) answers(gone[6], gone[4], gone[2]);
      else answers(final.mixed);
      add("p", label[code ? name ? "code" : "unknown" : certainty || "none"]);
      return;
    }
    title(box.querySelectorAll(".smtp-reasons a")[why[5]]?.href, why[0]);
    const [summary, next, by, retry] = own[told.charCodeAt(found.at ?? -1) - 65] || own[sent[detail + reason]] || [], acting = by || why[7][enhanced] || why[7][Math.max(digit, code[0])] || why[4], stuck = late && acting === "sending-server";
    add("p", summary || why[1]);
    answers(late ? gone[6] : final[retry || why[3]] || final.mixed || why[6], stuck ? "sending-admin" : acting, stuck ? again : next || why[2]);
    add("small", certainty === "known" ? label.known.replace("{sender}", senders[sender]) : label[certainty]);
    if (waits) answer.append(put("details", put("summary", more), put("p", ...prosed(next || why[2]))));
  };
  for (const box of document.querySelectorAll(".smtp-lookup[lang='" + lang + "']")) {
    if (box.ready) continue;
    box.ready = true;
    const area = box.querySelector("textarea"), tell = () => show(box, area.value);
    area.parentNode.hidden = false;
    box.querySelector(".smtp-reasons").hidden = true;
    area.addEventListener("input", tell);
    tell();
  }
};
smtpLookup.recognise = (text, rules) => use(rules)[0](text);
})();
