// Kinds of text that AcroForm has no words for, as pipeline/model/kinds.py keeps them: the text in
// the one way it is kept, or null where it is not of the kind.

const oneSpaced = (text) => text.split(/\s+/u).filter(Boolean).join(" ");

export const KINDS = {
  brin(given) {
    const text = given.trim().toUpperCase();
    return /^[0-9]{2}[A-Z]{2}$/.test(text) ? text : null;
  },

  postcode_nl(given) {
    const match = /^([1-9][0-9]{3})\s?([A-Z]{2})$/.exec(given.trim().toUpperCase());
    return match && !["SA", "SD", "SS"].includes(match[2]) ? `${match[1]} ${match[2]}` : null;
  },

  phone_nl(given) {
    const text = oneSpaced(given);
    const bare = text.replaceAll("+31 (0)", "+31").replaceAll("+31(0)", "+31").replace(/[\s().-]/g, "");
    return /^(0|\+31|0031)[1-9][0-9]{8}$/.test(bare) ? text : null;
  },

  email(given) {
    const text = given.trim();
    const at = text.lastIndexOf("@");
    const label = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    const domain = text.slice(at + 1);
    if (at < 0 || !/^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+$/.test(text.slice(0, at))) return null;
    return new RegExp(`^${label}(?:\\.${label})+$`).test(domain) ? `${text.slice(0, at)}@${domain.toLowerCase()}` : null;
  },

  url(given) {
    let text = given.trim();
    if (!/^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(text)) text = `https://${text}`;
    const parts = /^(https?):\/\/([^/?#]*)/i.exec(text);
    if (!parts || /[\s<>"]/.test(text)) return null;
    const host = parts[2].replace(/^.*@/, "").replace(/:[^:\]]*$/, "");
    return host.replace(/^\.+|\.+$/g, "").includes(".") ? text : null;
  },

  house_number(given) {
    const text = oneSpaced(given);
    return /^[0-9]/.test(text) ? text : null;
  },
};
