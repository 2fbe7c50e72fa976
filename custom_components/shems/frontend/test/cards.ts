/** The cards themselves, without the element that stands for them until their code is there. */

import { CARDS, tagOf } from "../src/catalog";
import { cardClass } from "../src/cards";

for (const { name } of CARDS) customElements.define(tagOf(name), await cardClass(name));
