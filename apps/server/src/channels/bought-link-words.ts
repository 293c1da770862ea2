import type { ClientLanguage } from '@holdfast/contract/client-language';

/** What the page of a link by which something is bought says of the thing itself. */
export interface BoughtWords {
  readonly title: string;
  readonly ready: string;
  readonly paid: string;
  readonly off: string;
}

interface Words {
  readonly titles: Readonly<Record<'returned' | 'cancelled', string>>;
  readonly texts: Readonly<Record<'returned' | 'cancelled', string>>;
  readonly amount: string;
}

/** What all pages of such links say, whatever is bought, beside what all payment pages say. */
export const boughtLinkWords: Readonly<Record<ClientLanguage, Words>> = {
  en: {
    titles: {
      returned: 'This payment went back',
      cancelled: 'This link is no longer valid',
    },
    texts: {
      returned: 'The salon has sent the money back to where you paid from. It may take a few days to arrive.',
      cancelled: 'The salon has cancelled it, so there is nothing to pay.',
    },
    amount: 'Amount',
  },
  uk: {
    titles: {
      returned: 'Цей платіж повернено',
      cancelled: 'Посилання більше не дійсне',
    },
    texts: {
      returned: 'Салон повернув гроші туди, звідки ви сплатили. Зарахування може тривати кілька днів.',
      cancelled: 'Салон скасував його, тож платити нічого не потрібно.',
    },
    amount: 'Сума',
  },
  pt: {
    titles: {
      returned: 'Este pagamento foi devolvido',
      cancelled: 'Este link já não é válido',
    },
    texts: {
      returned: 'O salão devolveu o dinheiro para onde pagou. Pode demorar alguns dias a chegar.',
      cancelled: 'O salão cancelou-o, por isso não há nada a pagar.',
    },
    amount: 'Valor',
  },
  ar: {
    titles: {
      returned: 'أُعيدت هذه الدفعة',
      cancelled: 'لم يعد هذا الرابط صالحًا',
    },
    texts: {
      returned: 'أعاد الصالون المبلغ إلى الوسيلة التي دفعت بها. قد يستغرق وصوله بضعة أيام.',
      cancelled: 'ألغاه الصالون، لذا لا يوجد ما يُدفع.',
    },
    amount: 'المبلغ',
  },
};
