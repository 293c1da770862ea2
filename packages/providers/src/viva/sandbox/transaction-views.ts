import { numberOf } from './currencies.ts';
import { exactInteger, exactMajor } from './exact-json.ts';
import { greekTime, greekTimeWithOffset } from './viva-dates.ts';
import { type OrderRow, type TransactionRow, transactionTypes } from './work.ts';

const CHANNEL = '5f0c9a4e-7c1b-4f7e-9d7a-3c4f2b8a6d10';
const CARD = { number: '414746XXXXXX0133', country: 'PT', bank: 'Sandbox Bank', reference: '2BFCB1FD4F000DB41CB5BA76CAFB68D76AB87752' };
const byCard = ({ typeId }: TransactionRow) => typeId !== transactionTypes.multibanco && typeId !== transactionTypes.multibancoRefund;

/** `GET /checkout/v2/transactions/{id}`: the newer shape. */
export function checkoutView(order: OrderRow, transaction: TransactionRow): object {
  const card = byCard(transaction);
  return {
    email: order.email,
    amount: exactMajor(transaction.amount),
    orderCode: exactInteger(order.code),
    statusId: transaction.status,
    fullName: order.fullName,
    insDate: greekTimeWithOffset(new Date(transaction.at)),
    cardNumber: card ? CARD.number : null,
    currencyCode: numberOf(transaction.currency),
    customerTrns: order.customerTrns,
    merchantTrns: order.merchantTrns,
    transactionTypeId: transaction.typeId,
    recurringSupport: false,
    totalInstallments: 0,
    cardCountryCode: card ? CARD.country : null,
    cardIssuingBank: card ? CARD.bank : null,
    currentInstallment: 0,
    cardTypeId: card ? 0 : null,
    bankId: card ? 'NET_VISA' : 'MULTIBANCO',
    switching: false,
    cardUniqueReference: card ? CARD.reference : null,
    conversionRate: 1,
    originalAmount: exactMajor(transaction.amount),
    originalCurrencyCode: numberOf(transaction.currency),
  };
}

/** One of `GET /api/transactions`: the older shape, with what Viva keeps. */
export function listedView(order: OrderRow, transaction: TransactionRow): object {
  const card = byCard(transaction);
  return {
    Emv: null,
    Fee: exactMajor(0),
    BankId: card ? 'NET_VISA' : 'MULTIBANCO',
    ParentId: transaction.parentId,
    Switching: false,
    Amount: exactMajor(transaction.amount),
    StatusId: transaction.status,
    ChannelId: CHANNEL,
    MerchantId: transaction.merchantId,
    ResellerId: null,
    InsDate: greekTime(new Date(transaction.at)),
    TipAmount: exactMajor(0),
    SourceCode: order.sourceCode,
    TransactionId: transaction.id,
    Commission: exactMajor(transaction.commission),
    PanEntryMode: '01',
    ReferenceNumber: transaction.referenceNumber,
    ResponseCode: transaction.eventId === 0 ? '00' : null,
    ResponseEventId: transaction.eventId === 0 ? null : transaction.eventId,
    CurrencyCode: numberOf(transaction.currency),
    MerchantTrns: order.merchantTrns,
    CustomerTrns: order.customerTrns,
    IsManualRefund: false,
    Order: {
      OrderCode: exactInteger(order.code),
      ChannelId: CHANNEL,
      ResellerId: null,
      SourceCode: order.sourceCode,
      Tags: order.tags,
      RequestLang: order.requestLang,
    },
    Payment: { ChannelId: CHANNEL, Installments: 0, RecurringSupport: false },
    TransactionType: { Name: typeNames[transaction.typeId] ?? '', TransactionTypeId: transaction.typeId },
    CreditCard: card
      ? {
          Token: null,
          Number: CARD.number,
          CountryCode: CARD.country,
          IssuingBank: CARD.bank,
          CardHolderName: order.fullName,
          CardType: { Name: 'Visa', CardTypeId: 0 },
        }
      : null,
  };
}

const typeNames: Readonly<Record<number, string>> = {
  [transactionTypes.charge]: 'CardCharge',
  [transactionTypes.refund]: 'CardRefund',
  [transactionTypes.void]: 'CardVoid',
  [transactionTypes.multibanco]: 'MultibancoCharge',
  [transactionTypes.multibancoRefund]: 'MultibancoRefund',
};

/** `EventData` of 1796, 1797 and 1798. */
export function eventData(order: OrderRow, transaction: TransactionRow): object {
  const card = byCard(transaction);
  return {
    Moto: false,
    Email: order.email,
    Phone: order.phone,
    BankId: card ? 'NET_VISA' : 'MULTIBANCO',
    Systemic: false,
    Switching: false,
    ParentId: transaction.parentId,
    Amount: exactMajor(transaction.amount),
    ChannelId: CHANNEL,
    TerminalId: 90000000,
    MerchantId: transaction.merchantId,
    OrderCode: exactInteger(order.code),
    ProductId: null,
    StatusId: transaction.status,
    FullName: order.fullName,
    ResellerId: null,
    DualMessage: false,
    InsDate: greekTime(new Date(transaction.at)),
    TotalFee: exactMajor(0),
    CardUniqueReference: card ? CARD.reference : null,
    CardToken: card ? CARD.reference : null,
    CardNumber: card ? CARD.number : null,
    TipAmount: exactMajor(0),
    SourceCode: order.sourceCode,
    SourceName: 'Sandbox',
    CompanyName: 'Sandbox merchant',
    TransactionId: transaction.id,
    CompanyTitle: 'Sandbox merchant',
    PanEntryMode: '01',
    ReferenceNumber: transaction.referenceNumber,
    ResponseCode: transaction.eventId === 0 ? '00' : null,
    CurrencyCode: numberOf(transaction.currency),
    OrderCulture: order.requestLang,
    MerchantTrns: order.merchantTrns,
    CustomerTrns: order.customerTrns,
    IsManualRefund: false,
    LoyaltyTriggered: false,
    TransactionTypeId: transaction.typeId,
    TotalInstallments: 0,
    CardCountryCode: card ? CARD.country : null,
    CardIssuingBank: card ? CARD.bank : null,
    RedeemedAmount: exactMajor(0),
    ClearanceDate: null,
    CurrentInstallment: 0,
    Tags: order.tags,
    BillId: null,
    RetrievalReferenceNumber: null,
    CardTypeId: card ? 0 : null,
    DigitalWalletId: null,
    ResponseEventId: transaction.eventId === 0 ? null : transaction.eventId,
    ElectronicCommerceIndicator: card ? '5' : null,
    ConversionRate: exactMajor(100),
  };
}
